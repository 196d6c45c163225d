// The public face of the staff: who works here, what they may do, what they did, and what waits for a second person.
export { changePermissions, employ, staffList, leave, type StaffMember } from "./people.ts"
export { createKey, keysOf, revokeKey, staffByKey, type SignedIn, type StaffKey } from "./keys.ts"
export { isPermission, PERMISSIONS, type Permission } from "./permissions.ts"
export { auditTrail, newestDetails, record, type AuditEntry } from "./audit.ts"
export { askApproval, approvalById, approvals, decideApproval, type Approval, type ApprovalState } from "./approvals.ts"
export { answerGivenBefore, keepAnswer, type KeptAnswer } from "./answers.ts"
export type { StaffRefusal } from "./refusals.ts"
export { proof } from "./proof.ts"
