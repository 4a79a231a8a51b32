import { seriesLimits, vmSeries } from "./vm-series.ts";

/** One size of the sandbox's catalogue. */
export interface SandboxSize {
  cores: number;
  memoryGib: number;
  /** Pay-as-you-go Linux price, USD, the same in every region. */
  hourly: number;
  /** What Windows adds to it; Azure Hybrid Benefit ends this part. */
  windowsLicenceHourly: number;
  series: string;
  family: string;
  meter: string;
  maxDataDisks: number;
  maxNics: number;
  premium: boolean;
  acceleratedNetworking: boolean;
  /** Of uncached data disks together. */
  iops: number;
  bytesPerSecond: number;
  temporaryDisk: boolean;
  architecture: "x64" | "Arm64";
}

type Fill<Name, Cores> = Name extends `${infer Before}{n}${infer After}`
  ? `${Before}${Cores & number}${After}`
  : never;
type SeriesSize<Series> = Series extends { name: infer Name; cores: readonly (infer Cores)[] }
  ? Cores extends number
    ? Fill<Name, Cores>
    : never
  : never;

const burstable = {
  series: "BS Series",
  family: "standardBSFamily",
  premium: true,
  temporaryDisk: true,
} as const;
const graphics = { premium: true, temporaryDisk: true, acceleratedNetworking: true } as const;

/** Sizes that follow no even series: vCPUs, GiB, USD an hour, data disks, network cards, IOPS, MB/s. */
const single = {
  Standard_B1s: [1, 1, 0.012, 2, 2, 320, 10, burstable],
  Standard_B1ms: [1, 2, 0.024, 2, 2, 640, 10, burstable],
  Standard_B2s: [2, 4, 0.048, 4, 3, 1280, 15, burstable],
  Standard_B2ms: [2, 8, 0.096, 4, 3, 1920, 22, burstable],
  Standard_B4ms: [4, 16, 0.192, 8, 4, 2880, 35, burstable],
  Standard_B8ms: [8, 32, 0.384, 16, 4, 4320, 50, burstable],
  Standard_B16ms: [16, 64, 0.768, 32, 4, 4320, 50, burstable],
  Standard_NC4as_T4_v3: [
    4,
    28,
    0.658,
    8,
    2,
    6000,
    96,
    { series: "NCasT4 v3 Series", family: "Standard NCASv3_T4 Family", ...graphics },
  ],
  Standard_NC8as_T4_v3: [
    8,
    56,
    0.94,
    16,
    4,
    12_000,
    192,
    { series: "NCasT4 v3 Series", family: "Standard NCASv3_T4 Family", ...graphics },
  ],
  Standard_NC16as_T4_v3: [
    16,
    110,
    1.505,
    32,
    8,
    24_000,
    384,
    { series: "NCasT4 v3 Series", family: "Standard NCASv3_T4 Family", ...graphics },
  ],
  Standard_NC24ads_A100_v4: [
    24,
    220,
    4.775,
    8,
    2,
    30_000,
    1000,
    { series: "NCads A100 v4 Series", family: "StandardNCADSA100v4Family", ...graphics },
  ],
} as const;

export type VmSize = SeriesSize<(typeof vmSeries)[number]> | keyof typeof single;

/** Every size by its ARM name. */
export const vmSizes = Object.fromEntries([...evenSizes(), ...singleSizes()]) as Record<VmSize, SandboxSize>;

function* evenSizes(): Iterable<[string, SandboxSize]> {
  for (const { series, family, name, cores, gibPerCore, hourlyPerCore, limits, ...more } of vmSeries) {
    for (const count of cores) {
      const armName = name.replace("{n}", String(count));
      yield [
        armName,
        {
          cores: count,
          memoryGib: gibPerCore * count,
          hourly: rounded(hourlyPerCore * count),
          windowsLicenceHourly: licenceHourly(family, count),
          series,
          family,
          meter: meterOf(armName),
          ...seriesLimits(limits, count),
          premium: more.premium,
          acceleratedNetworking: true,
          temporaryDisk: more.temporaryDisk,
          architecture: "arm" in more ? "Arm64" : "x64",
        },
      ];
    }
  }
}

function* singleSizes(): Iterable<[string, SandboxSize]> {
  for (const [armName, row] of Object.entries(single)) {
    const [cores, memoryGib, hourly, maxDataDisks, maxNics, iops, megabytes, more] = row;
    yield [
      armName,
      {
        acceleratedNetworking: false,
        ...more,
        cores,
        memoryGib,
        hourly,
        windowsLicenceHourly: licenceHourly(more.family, cores),
        meter: meterOf(armName),
        maxDataDisks,
        maxNics,
        iops,
        bytesPerSecond: megabytes * 1_000_000,
        architecture: "x64",
      },
    ];
  }
}

function licenceHourly(family: string, cores: number): number {
  return rounded((family.startsWith("standardB") ? 0.004 : 0.046) * cores);
}

function meterOf(armName: string): string {
  return armName.replace("Standard_", "").replaceAll("_", " ");
}

/** Products of prices are cut to a millionth, so that 0.0575 x 16 is 0.92. */
function rounded(price: number): number {
  return Math.round(price * 1e6) / 1e6;
}
