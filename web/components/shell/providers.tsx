"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";
import { createQueryClient } from "../../lib/query-client.ts";
import { TRPCProvider, trpcClient } from "../../lib/trpc.ts";
import { NonceBridge } from "./nonce-bridge.tsx";

/** What every page needs: theme, cached data, tooltips, and the nonce for styles made at run time. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange nonce={nonce}>
      <NonceBridge nonce={nonce} />
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          <Tooltip.Provider delayDuration={300}>{children}</Tooltip.Provider>
        </TRPCProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
