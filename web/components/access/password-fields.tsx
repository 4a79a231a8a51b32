import { TextField } from "../ui/field.tsx";

/** Name, address and password of somebody new; the address is fixed where an invitation names it. */
export function NewPersonFields({ email, fixedEmail }: { email?: string; fixedEmail?: boolean }) {
  return (
    <>
      <TextField label="Your name" name="name" autoComplete="name" required maxLength={100} />
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={email}
        readOnly={fixedEmail}
      />
      <NewPasswordField />
    </>
  );
}

export function NewPasswordField({ label = "Password" }: { label?: string }) {
  return (
    <TextField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      minLength={12}
      maxLength={256}
      hint="At least 12 characters. Several words are easier to remember than signs."
    />
  );
}
