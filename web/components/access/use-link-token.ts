import { useEffect, useState } from "react";

/**
 * The token of a single-use link. It is in the fragment, which no server logs, and leaves the address at once; null
 * until the page has looked, empty where there is none.
 */
export function useLinkToken(): string | null {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    // A second run, as React does in development, finds the fragment gone: the first one's token stays.
    setToken((known) => known || window.location.hash.slice(1));
    window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return token;
}
