import { proof as ofCards } from "@mila/cards"
import { type Db, jobsAreTaken } from "@mila/kernel"
import { checkLedger } from "@mila/ledger"
import { proof as ofLoyalty } from "@mila/loyalty"
import { proof as ofMembers } from "@mila/members"
import { proof as ofMessages } from "@mila/messages"
import { proof as ofPrivacy } from "@mila/privacy"
import { proof as ofStaff } from "@mila/staff"
import { proof as ofTills } from "@mila/tills"

const ALSO = [ofMembers, ofStaff, ofCards, ofLoyalty, ofTills, ofMessages, ofPrivacy, jobsAreTaken]

/**
 * Proves everything the house can prove about itself: the ledger's invariants and those of whoever feeds it. I9 (an order's payments) has nothing
 * to prove before there are orders.
 */
export const prove: typeof checkLedger = (db: Db, options) => checkLedger(db, { ...options, also: [...ALSO, ...(options.also ?? [])] })
