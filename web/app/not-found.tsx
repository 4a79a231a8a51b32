import Link from "next/link";
import { Notice } from "../components/shell/notice.tsx";

export default function NotFound() {
  return (
    <Notice title="There is nothing at this address" text="The link may be old, or mistyped.">
      <Link href="/" className="font-medium text-accent text-sm underline underline-offset-4">
        Go to the chat
      </Link>
    </Notice>
  );
}
