import { useMutation } from "@tanstack/react-query";
import { problemText } from "./api.ts";

/** Something a person starts: `problem` says in words why the last try failed, and `failedInput` what it was given. */
export function useAction<Input = void>(action: (input: Input) => Promise<unknown>) {
  const { mutate, reset, isPending, isError, error, variables } = useMutation({
    mutationFn: action,
    networkMode: "always", // offline it would otherwise wait in silence
  });
  return {
    /** A second press while the first is under way does nothing. */
    run: (input: Input) => {
      if (!isPending) mutate(input);
    },
    isBusy: isPending,
    problem: isError ? problemText(error) : null,
    failedInput: isError ? variables : undefined,
    /** Takes the problem away. */
    forget: reset,
  };
}
