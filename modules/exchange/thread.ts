import { parentPort, workerData } from "node:worker_threads"
import { runThread, type ThreadData } from "./in-thread.ts"

runThread(workerData as ThreadData, (told) => parentPort!.postMessage(told))
