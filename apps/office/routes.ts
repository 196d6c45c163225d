import { declareApprovals } from "./approvals.routes.ts"
import { declareMerge, declareUnmerge } from "./merges.routes.ts"
import { declareCatalog } from "./catalog.routes.ts"
import { declareBlocking, declareCardEnds, declareCardLinks, declareCards, declareCardViews } from "./cards.routes.ts"
import { declareClaims } from "./card-claims.routes.ts"
import { declareBatches, declareDevices, declareRanges, declareSchemes } from "./card-supply.routes.ts"
import { declareConsentTexts, declareMovedDays, declareNewWordings } from "./consent-texts.routes.ts"
import type { Office } from "./declare.ts"
import { declareImportDecisions, declareImports, declareMeanings } from "./imports.routes.ts"
import { declareLeaving } from "./leave.routes.ts"
import { declareLedger } from "./ledger.routes.ts"
import { declareAnswers, declareLegalRequests, declarePaperRequests } from "./legal-requests.routes.ts"
import { declareMembers, declarePeople, declareSpendLock } from "./members.routes.ts"
import { declareOffers } from "./offers.routes.ts"
import { declareChosenPictures, declarePictures } from "./pictures.routes.ts"
import { declareDisowned } from "./disowned.routes.ts"
import { declarePointsClaims } from "./points-claims.routes.ts"
import { declareAdjustments, declareBalances } from "./points.routes.ts"
import { declareCorrection, declareLooks, declarePrivacy, declareRepresentatives } from "./privacy.routes.ts"
import { declareProgramme, declareSimulationOfProgramme } from "./programme.routes.ts"
import { declareEndOfPromotion, declarePromotions } from "./promotions.routes.ts"
import { declareGaps, declareQuarantine } from "./quarantine.routes.ts"
import { declareReceipts } from "./receipts.routes.ts"
import { declareReviewAnswers, declareReviewComments, declareReviews } from "./reviews.routes.ts"
import { declarePriceChecks } from "./price-check.routes.ts"
import { declareShopHours } from "./shop-hours.routes.ts"
import { declareShops, declareTills } from "./shops.routes.ts"
import { declareStatement } from "./statement.routes.ts"
import { declareFactors, declareInvitations } from "./factors.routes.ts"
import { declareAudit, declareKeys, declareStaff } from "./staff.routes.ts"
import { declareJobs, declareSmsToday, declareSimulation } from "./system.routes.ts"

/** Everything the back office answers, part by part. */
export function declareRoutes(office: Office): void {
  declareMembers(office)
  declarePeople(office)
  declareSpendLock(office)
  declareMerge(office)
  declareUnmerge(office)
  declareLeaving(office)
  declareLegalRequests(office)
  declarePaperRequests(office)
  declareAnswers(office)
  declareConsentTexts(office)
  declareNewWordings(office)
  declareMovedDays(office)
  declarePrivacy(office)
  declareRepresentatives(office)
  declareLooks(office)
  declareCorrection(office)
  declareCards(office)
  declareCardLinks(office)
  declareCardViews(office)
  declareBlocking(office)
  declareCardEnds(office)
  declareDevices(office)
  declareRanges(office)
  declareBatches(office)
  declareSchemes(office)
  declareClaims(office)
  declareTrade(office)
}

/** Points, shops, goods, receipts, reviews, and the house itself. */
function declareTrade(office: Office): void {
  declareBalances(office)
  declareStatement(office)
  declareAdjustments(office)
  declarePointsClaims(office)
  declareDisowned(office)
  declareApprovals(office)
  declareProgramme(office)
  declareSimulationOfProgramme(office)
  declareShops(office)
  declareShopHours(office)
  declarePriceChecks(office)
  declareTills(office)
  declareCatalog(office)
  declarePictures(office)
  declareChosenPictures(office)
  declarePromotions(office)
  declareEndOfPromotion(office)
  declareImports(office)
  declareImportDecisions(office)
  declareMeanings(office)
  declareReceipts(office)
  declareOffers(office)
  declareQuarantine(office)
  declareGaps(office)
  declareReviews(office)
  declareReviewAnswers(office)
  declareReviewComments(office)
  declareLedger(office)
  declareStaff(office)
  declareKeys(office)
  declareInvitations(office)
  declareFactors(office)
  declareAudit(office)
  declareJobs(office)
  declareSmsToday(office)
  declareSimulation(office)
}
