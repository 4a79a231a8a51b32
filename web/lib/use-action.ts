import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { problemText } from "./api.ts";

/** Something a person starts: `problem` says in words why the last try failed, and `failedInput` what it was given. */
export function useAction<Input = void>(action: (input: Input) => Promise<unknown>) {
  // The state of a mutation reaches the page a moment later: a double click is quicker than that.
  const underWay = useRef(false);
  const { mutate, reset, isPending, isError, error, variables } = useMutation({
    mutationFn: async (input: Input) => {
      try {
        return await action(input);
      } finally {
        underWay.current = false;
      }
    },
    networkMode: "always", // offline it would otherwise wait in silence
  });
  return {
    /** A second press while the first is under way does nothing. */
    run: (input: Input) => {
      if (underWay.current) return;
      underWay.current = true;
      mutate(input);
    },
    isBusy: isPending,
    problem: isError ? problemText(error) : null,
    failedInput: isError ? variables : undefined,
    /** Takes the problem away. */
    forget: reset,
  };
}
