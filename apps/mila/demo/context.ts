import type { Clock, Db } from "@mila/kernel"

/** What the demo chain needs of the program it is made in. */
export type DemoContext = { db: Db; clock: Clock; settings: { dataDir: string; demoGoods?: number } }

/** Told in a person's words how far it is: a part of the work, and how much of it is done, from 0 to 1. */
export type Progress = (part: string, done: number) => void
