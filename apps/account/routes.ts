import { declareAccess } from "./access.routes.ts"
import type { Account } from "./declare.ts"
import { declareCards, declareCardLife, declarePartnerCard } from "./cards.routes.ts"
import { declareConsents } from "./consents.routes.ts"
import { declareDisclosures, declareLegal, declarePerson } from "./data.routes.ts"
import { declareFavourites } from "./favourites.routes.ts"
import { declareHome } from "./home.routes.ts"
import { declareJoining } from "./joining.routes.ts"
import { declareMerging } from "./merge.routes.ts"
import { declareOwner } from "./owner.routes.ts"
import { declarePasskeys } from "./passkeys.routes.ts"
import { declareDisowned } from "./disowned.routes.ts"
import { declarePoints, declareReceipts } from "./points.routes.ts"
import { declareProof } from "./proof.routes.ts"
import { declareRenewals } from "./renewals.routes.ts"
import { declareRepresentative } from "./representative.routes.ts"
import { declareReviews } from "./reviews.routes.ts"
import { declareSessions } from "./sessions.routes.ts"
import { declareSpending } from "./spending.routes.ts"
import { declareSignIn, declareTokens } from "./sign-in.routes.ts"
import { declareWallets } from "./wallet.routes.ts"

/** Everything the account answers, part by part. */
export function declareRoutes(account: Account): void {
  declareSignIn(account)
  declareTokens(account)
  declareJoining(account)
  declareOwner(account)
  declareSessions(account)
  declareProof(account)
  declareAccess(account)
  declarePasskeys(account)
  declareHome(account)
  declareCards(account)
  declareCardLife(account)
  declareSpending(account)
  declarePartnerCard(account)
  declarePoints(account)
  declareReceipts(account)
  declareDisowned(account)
  declarePerson(account)
  declareConsents(account)
  declareRenewals(account)
  declareRepresentative(account)
  declareDisclosures(account)
  declareLegal(account)
  declareFavourites(account)
  declareReviews(account)
  declareWallets(account)
  declareMerging(account)
}
