import type { Clock, Db, ProgramLog } from "@mila/kernel"
import type { SignInWatch } from "@mila/members"
import type { Carrier, Gateway, SmsCaps, SmsToday } from "@mila/messages"
import type { Wallets } from "@mila/wallet"

export type WorkerContext = {
  /** connections of the worker's own: its statements may take minutes */
  db: Db
  clock: Clock
  log: ProgramLog
  /** where the roots of sealed days are kept outside the database */
  sealFile: string
  /** who brings messages to people: gateways if there are any, else whoever carries them without one */
  gateways?: readonly Gateway[]
  carry: Carrier
  /** the most SMS a day */
  smsCaps?: SmsCaps
  /** the wallets of phones there are keys of; without them passes are not told what changes */
  wallets?: Wallets | null
  /** told of every run */
  ran?: (run: { name: string; ok: boolean; seconds: number; at: Date; result: Record<string, number> }) => void
  /** told how many SMS went today and how many were stopped */
  smsSent?: (today: SmsToday) => void
  /** told how many codes were sent and used lately, and whether strangers try passwords */
  signIns?: (watch: SignInWatch) => void
  /** told how many jobs acts have left that nobody took yet */
  left?: (left: { waiting: number; oldestSeconds: number }) => void
}
