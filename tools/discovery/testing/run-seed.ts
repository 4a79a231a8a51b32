import { randomUUID } from "node:crypto";

/** What random points of a test are drawn from: another one each run, told in its title. TEST_SEED repeats one. */
export const runSeed = process.env.TEST_SEED ?? randomUUID().slice(0, 8);
