/** Tells a key from an access token, and from other products' keys in a leaked file. */
export const apiKeyPrefix = "co_";
