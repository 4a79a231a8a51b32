import { AzureError } from "../server/azure-error.ts";

export interface Token {
  kind: "word" | "string" | "number" | "symbol";
  text: string;
}

/** The error Resource Graph answers when it cannot run a query. */
export function invalidQuery(detail: string): AzureError {
  return new AzureError(
    400,
    "BadRequest",
    "Please provide below info when asking for support: timestamp and correlationId.",
    {
      details: [
        {
          code: "InvalidQuery",
          message: `Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying. ${detail}`,
        },
      ],
    },
  );
}

const pattern =
  /\s+|\/\/[^\n]*|(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)|(?<word>!?[A-Za-z_$][\w$-]*~?)|(?<symbol>==|!=|=~|!~|<=|>=|[|()[\],.=<>])/y;

/** Splits a query into tokens; words may carry a leading ! and a trailing ~ (in~, !in). */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < query.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(query);
    if (!match) throw invalidQuery(`ParserFailure at position ${at}: '${query.slice(at, at + 20)}'.`);
    const { string, number, word, symbol } = match.groups ?? {};
    if (string !== undefined) {
      tokens.push({ kind: "string", text: string.slice(1, -1).replace(/\\(.)/g, "$1") });
    } else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
  }
  return tokens;
}

/** Reads tokens one after the other. */
export class TokenReader {
  private position = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  peek(): Token | undefined {
    return this.tokens[this.position];
  }

  next(): Token {
    const token = this.tokens[this.position++];
    if (!token) throw invalidQuery("ParserFailure: the query ends too early.");
    return token;
  }

  /** Takes the token if it reads as `text` (words ignore case). */
  accept(text: string): boolean {
    const token = this.peek();
    if (!token || token.kind === "string" || token.text.toLowerCase() !== text) return false;
    this.position++;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) {
      throw invalidQuery(
        `ParserFailure: expected '${text}' before '${this.peek()?.text ?? "end of query"}'.`,
      );
    }
  }

  word(): string {
    const token = this.next();
    if (token.kind !== "word") throw invalidQuery(`ParserFailure: expected a name, found '${token.text}'.`);
    return token.text;
  }
}
