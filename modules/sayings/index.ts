// The public face of sayings: what a person reads when the house says no. What is not exported here does not exist for anyone else.
export { saidInGeneral, saidOf, waitText } from "./said.ts"
export type { RefusalWords } from "./refusals.ts"
