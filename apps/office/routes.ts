import type { Office } from "./declare.ts"
import { declareShops, declareTills } from "./shops.routes.ts"
import { declareKeys, declareStaff } from "./staff.routes.ts"
import { declareJobs, declareSimulation } from "./system.routes.ts"

/** Everything the back office answers, part by part. */
export function declareRoutes(office: Office): void {
  declareShops(office)
  declareTills(office)
  declareStaff(office)
  declareKeys(office)
  declareJobs(office)
  declareSimulation(office)
}
