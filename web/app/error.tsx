"use client";
import { Notice } from "../components/shell/notice.tsx";
import { Button } from "../components/ui/button.tsx";

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <Notice
      title="This page broke"
      text="Your conversations and pins are kept on the server. Try again; if it stays, reload the page."
    >
      <Button variant="primary" onClick={reset}>
        Try again
      </Button>
    </Notice>
  );
}
