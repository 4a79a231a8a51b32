/** One line of the doctor: how something stands, what that means, and what to do about it. */
export interface Finding {
  area: "database" | "extensions" | "model" | "cloud" | "data" | "keys" | "clock" | "disk" | "files";
  /** fail: something does not work or is open to others. warn: it works, but not for long or not as it could. */
  state: "ok" | "warn" | "fail";
  says: string;
  means: string;
  /** Null: nothing. */
  advice: string | null;
}
