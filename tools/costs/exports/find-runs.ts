import type { ExportFile } from "../../clouds/export-files.ts";
import { AppError } from "../../kernel/errors.ts";
import type { ExportManifest } from "./manifest.ts";

/** focus has billed and effective cost; actual has the billed, amortized the effective one. */
export type ExportKind = "focus" | "actual" | "amortized";

export interface ExportPart {
  file: ExportFile;
  /** As the manifest says; null without one. */
  byteCount: number | null;
  rowCount: number | null;
}

/** What one run of an export delivered for one month. */
export interface ExportRun {
  /** Folder of the export, "" when the exports' folder is itself one. */
  export: string;
  /** First day, YYYY-MM-DD. */
  month: string;
  id: string;
  /** Null: neither a manifest nor a name tells; the columns may. */
  kind: ExportKind | null;
  /** What the export covers (a subscription, billing account, …); null: nobody says. */
  scope: string | null;
  submittedAt: Date;
  manifest: "read" | "unreadable" | "none";
  /** Rows of all parts, as the manifest says; null where nobody says. */
  rowCount: number | null;
  parts: ExportPart[];
  /** Why it must not be loaded: half-written, a part missing, a span that is no month. */
  problem: string | null;
}

const SPAN = /^(\d{4})(\d{2})(\d{2})-(\d{4})(\d{2})(\d{2})$/;
const DATA = /\.(csv|csv\.gz|gz|parquet)$/i;
const kinds: ReadonlyMap<string, ExportKind> = new Map([
  ["focuscost", "focus"],
  ["actualcost", "actual"],
  ["amortizedcost", "amortized"],
]);

/** Whether a file may be a run's manifest, in Azure's layout …/yyyymmdd-yyyymmdd/[run/]manifest.json. */
export function isManifest(path: string): boolean {
  return /(^|\/)manifest\.json$/i.test(path) && placeOf(path) !== null;
}

/**
 * The runs among files in Azure's layout `<export>/<yyyymmdd-yyyymmdd>/[<run>/]part_*`, any order. Exports of other
 * things (prices, reservation details) are left out.
 */
export function findRuns(
  files: readonly ExportFile[],
  manifests: ReadonlyMap<string, ExportManifest | AppError>,
): ExportRun[] {
  const placed = files.flatMap((file) => {
    const place = placeOf(file.path);
    return place ? [{ file, ...place }] : [];
  });
  const folders = Map.groupBy(placed, ({ folder }) => folder);
  return [...folders.values()].flatMap((members) => {
    const [manifest, another] = members.filter(({ file }) => manifests.has(file.path));
    const data = members.filter(({ file }) => DATA.test(file.path));
    if (manifest && another) {
      const problem = `there are two manifests, ${manifest.file.path} and ${another.file.path}`;
      return [{ ...withoutManifest(members), manifest: "unreadable" as const, problem }];
    }
    if (manifest) {
      const read = manifests.get(manifest.file.path)!;
      return read instanceof AppError
        ? [
            {
              ...withoutManifest(members),
              manifest: "unreadable" as const,
              problem: read.message.replace(/\.$/, ""),
            },
          ]
        : fromManifest(manifest, read, data);
    }
    if (data.length === 0) return [];
    const parts = data.filter(({ file }) => /\/part[_-]\d/i.test(`/${file.path}`));
    const alone = data.filter((member) => !parts.includes(member));
    // Without partitions each run writes a file of its own.
    return [...(parts.length > 0 ? [parts] : []), ...alone.map((member) => [member])].map(withoutManifest);
  });
}

interface Place {
  export: string;
  span: string;
  folder: string;
}
type Member = Place & { file: ExportFile };

function placeOf(path: string): Place | null {
  const segments = path.split("/");
  const at = segments.findLastIndex((segment, index) => index < segments.length - 1 && SPAN.test(segment));
  if (at < 0) return null;
  return {
    export: segments.slice(0, at).join("/"),
    span: segments[at]!,
    folder: segments.slice(0, -1).join("/"),
  };
}

function fromManifest(
  { file, ...place }: Member,
  manifest: ExportManifest,
  data: readonly Member[],
): ExportRun[] {
  const { exportConfig, runInfo, blobs } = manifest;
  const kind = kinds.get(exportConfig.type.toLowerCase());
  if (!kind) return [];
  const problems: string[] = [];
  const beside = new Map(data.map((member) => [member.file.path.split("/").at(-1)!, member]));
  const parts = blobs.flatMap(({ blobName, byteCount, dataRowCount }): ExportPart[] => {
    // The name is the container's whole path; only the file beside the manifest can be meant.
    const name = blobName.split("/").at(-1)!;
    const found = beside.get(name);
    if (found) return [{ file: found.file, byteCount: byteCount ?? null, rowCount: dataRowCount ?? null }];
    problems.push(`${name} is missing`);
    return [];
  });
  if (new Set(parts.map((part) => part.file.path)).size < parts.length) {
    problems.push("its manifest names a file twice");
  }
  // One that misses thousands would fill a page with their names.
  if (problems.length > 3) problems.splice(3, Infinity, `and ${problems.length - 3} more`);
  if (blobs.length === 0 && data.length > 0) {
    problems.push(`its manifest names none of the files beside it, such as ${data[0]!.file.path}`);
  }
  if (manifest.blobCount != null && manifest.blobCount !== blobs.length) {
    problems.push(`its manifest counts ${manifest.blobCount} files and names ${blobs.length}`);
  }
  const rows = parts.map(({ rowCount }) => rowCount);
  if (manifest.dataRowCount != null && problems.length === 0 && !rows.includes(null)) {
    const sum = rows.reduce<number>((total, count) => total + count!, 0);
    if (sum !== manifest.dataRowCount) {
      problems.push(`its manifest counts ${manifest.dataRowCount} rows, its files' add up to ${sum}`);
    }
  }
  return [
    {
      ...monthOf(place, problems),
      export: place.export,
      id: runInfo.runId,
      kind,
      scope: scopeOf(exportConfig.resourceId),
      submittedAt: new Date(
        /[zZ]|[+-]\d\d:\d\d$/.test(runInfo.submittedTime)
          ? runInfo.submittedTime
          : `${runInfo.submittedTime}Z`,
      ),
      manifest: "read",
      rowCount: manifest.dataRowCount ?? null,
      parts,
    },
  ];
}

function withoutManifest(members: readonly Member[]): ExportRun {
  const [first] = members as [Member];
  const [folderName, fileName] = first.file.path.split("/").slice(-2) as [string, string];
  const problems: string[] = [];
  const numbers = members
    .map(({ file }) => /part[_-](\d+)[_-](\d+)/i.exec(file.path))
    .filter((m) => m !== null);
  for (const [group, own] of Map.groupBy(numbers, ([, group]) => group!)) {
    const counted = own.map(([, , number]) => Number(number)).sort((a, b) => a - b);
    const start = counted[0]! <= 1 ? counted[0]! : 1;
    const gap = counted.findIndex((number, index) => number !== start + index);
    if (gap >= 0) problems.push(`part ${group}_${start + gap} is missing or there twice`);
  }
  return {
    ...monthOf(first, problems),
    export: first.export,
    id: /^part[_-]/i.test(fileName) && !SPAN.test(folderName) ? folderName : fileName,
    kind: /amorti[sz]ed/i.test(first.file.path)
      ? "amortized"
      : /actual/i.test(first.file.path)
        ? "actual"
        : null,
    scope: null,
    submittedAt: new Date(Math.max(...members.map(({ file }) => file.modifiedAt.getTime()))),
    manifest: "none",
    rowCount: null,
    parts: members.map(({ file }) => ({ file, byteCount: null, rowCount: null })),
  };
}

/** The span's month: from its first day, to its last or (month to date) an earlier one. */
function monthOf({ span }: Place, problems: string[]): Pick<ExportRun, "month" | "problem"> {
  const [, year, month, day, endYear, endMonth] = SPAN.exec(span)!;
  const isMonth = day === "01" && year === endYear && month === endMonth && /^(0[1-9]|1[0-2])$/.test(month!);
  if (!isMonth) problems.push(`${span} is no calendar month; export month by month`);
  return { month: `${year}-${month}-01`, problem: problems.length > 0 ? problems.join("; ") : null };
}

function scopeOf(resourceId: string | null | undefined): string | null {
  const scope =
    resourceId && /^(.*)\/providers\/microsoft\.costmanagement\/exports\/[^/]+$/i.exec(resourceId);
  return scope ? scope[1]!.toLowerCase() : null;
}
