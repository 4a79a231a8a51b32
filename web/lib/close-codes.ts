/** Why the server closes a socket of updates, for what a client can do: sign in, ask an admin, connect anew. */
export const closeCodes = { sessionEnded: 4401, notAllowed: 4403, tryLater: 1013 } as const;
