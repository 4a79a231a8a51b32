/** A page asks for a handful at once; more would be somebody's attempt to make one request costly. */
export const mostCallsAtOnce = 20;
