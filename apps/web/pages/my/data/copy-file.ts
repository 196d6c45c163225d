import { type Loading, memberVisitOf } from "../../visit-context.ts"
import { takeCopy } from "./copy.server.ts"

/** Everything we hold of a person, to read or to carry elsewhere. */
export const loader = (loading: Loading) => takeCopy(memberVisitOf(loading), loading.params["link"] ?? "")
