import { z } from "@hono/zod-openapi"
import {
  auditTrail,
  changePermissions,
  createKey,
  employ,
  isPermission,
  keysOf,
  leave,
  KEY_KINDS,
  type KeyKind,
  type Permission,
  PERMISSIONS,
  revokeKey,
  staffList,
} from "@mila/staff"
import { declare, type Office } from "./declare.ts"
import { refuse } from "./refusals.ts"
import { id, idIn, instant, most, text } from "./schemas.ts"

const permission = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]])
const permissions = z.array(permission).max(100)

const kind = z.enum(Object.keys(KEY_KINDS).filter((name) => name !== "demo") as [KeyKind, ...KeyKind[]]).openapi({
  description:
    "`person`: rests 15 minutes at most, lives 12 hours. `machine`, for 1C: rests 45 days, lives 366, opens goods and figures only.",
})

const StaffMember = z
  .object({
    staffId: z.number(),
    name: z.string(),
    permissions: z.array(permission),
    memberId: z.number().nullable(),
    state: z.enum(["active", "left"]),
    addedAt: instant,
  })
  .openapi("StaffMember")

const byStaff = z.object({ staffId: idIn })

/** Staff: who works here, what they may do, their keys. */
export function declareStaff(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/staff", permission: "staff.manage", tag: "Staff", summary: "Who works or worked here" },
    query: z.strictObject({ after: idIn.optional(), most }),
    answer: z.object({ staff: z.array(StaffMember) }),
    act: async ({ tx, query: { after = 0, most } }) => ({ staff: await staffList(tx, { after, most }) }),
  })
  declare(office, {
    ...{ method: "post", path: "/staff", permission: "staff.manage", tag: "Staff", summary: "Employ somebody", status: 201 },
    body: z.strictObject({ name: text(200), permissions, memberId: id.optional() }),
    answer: z.object({ staffId: z.number() }),
    async act({ tx, at, body: { memberId = null, ...person }, note }) {
      const { staffId } = await employ(tx, { ...person, memberId, at })
      await note("staff.employ", `staff:${staffId}`, { permissions: person.permissions })
      return { staffId }
    },
  })
  declare(office, {
    ...{
      method: "put",
      path: "/staff/{staffId}/permissions",
      permission: "staff.manage",
      tag: "Staff",
      summary: "Say what somebody may do",
    },
    params: byStaff,
    body: z.strictObject({ permissions }),
    answer: StaffMember,
    async act({ tx, params: { staffId }, body: { permissions }, note }) {
      await note("staff.permissions", `staff:${staffId}`, { permissions })
      return changePermissions(tx, { staffId, permissions })
    },
  })
  declare(office, {
    ...{
      method: "post",
      path: "/staff/{staffId}/leave",
      permission: "staff.manage",
      tag: "Staff",
      summary: "Somebody leaves: no key of theirs opens anything",
    },
    params: byStaff,
    answer: StaffMember,
    async act({ tx, at, params: { staffId }, note }) {
      await note("staff.leave", `staff:${staffId}`)
      return leave(tx, { staffId, at })
    },
  })
}

/** Keys: one's own, and those of others. */
export function declareKeys(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/me", permission: "shops.read", tag: "Staff", summary: "Whose key this is, and what it opens" },
    answer: z.object({ staffId: z.number(), name: z.string(), permissions: z.array(permission), keyEndsAt: instant }),
    act: async ({ staff: { staffId, name, permissions, endsAt } }) => ({
      ...{ staffId, name, permissions: [...permissions].filter(isPermission), keyEndsAt: endsAt },
    }),
  })
  declare(office, {
    ...{ method: "get", path: "/staff/{staffId}/keys", permission: "staff.manage", tag: "Staff", summary: "The keys somebody has or had" },
    params: byStaff,
    answer: z.object({
      keys: z.array(
        z.object({
          ...{ keyId: z.number(), label: z.string(), kind: z.enum(Object.keys(KEY_KINDS) as [KeyKind, ...KeyKind[]]) },
          ...{ createdAt: instant, lastUsedAt: instant, endsAt: instant, revokedAt: instant.nullable() },
        }),
      ),
    }),
    act: async ({ tx, params: { staffId } }) => ({ keys: await keysOf(tx, staffId) }),
  })
  declare(office, {
    ...{ method: "post", path: "/staff/{staffId}/keys", permission: "staff.manage", tag: "Staff", status: 201 },
    summary: "Give a machine a key; it is shown this once. A person's is what signing in gives, and by hand on a demo alone",
    params: byStaff,
    body: z.strictObject({ label: text(100), kind: kind.default("person") }),
    answer: z.object({ keyId: z.number(), key: z.string(), endsAt: instant }),
    async act({ tx, at, params: { staffId }, body: { label, kind }, note, context: { isDemo } }) {
      if (kind === "person" && !isDemo) refuse("second_factor_required")
      const made = await createKey(tx, { staffId, label, kind, at })
      await note("staff.key-create", `staff:${staffId}`, { keyId: made.keyId, kind })
      return made
    },
  })
  declare(office, {
    ...{ method: "delete", path: "/staff/{staffId}/keys/{keyId}", permission: "staff.manage", tag: "Staff", summary: "Take a key away" },
    params: z.object({ staffId: idIn, keyId: idIn }),
    answer: z.object({ keyId: z.number() }),
    async act({ tx, at, params: { staffId, keyId }, note }) {
      await revokeKey(tx, { staffId, keyId, at })
      await note("staff.key-revoke", `staff:${staffId}`, { keyId })
      return { keyId }
    },
  })
}

/** The trail. */
export function declareAudit(office: Office): void {
  declare(office, {
    ...{ method: "get", path: "/audit", permission: "audit.read", tag: "Staff", summary: "Who did what, newest first" },
    query: z.strictObject({ before: idIn.optional(), object: text(200).optional(), staffId: idIn.optional(), most }),
    answer: z.object({
      entries: z.array(
        z.object({
          id: z.number(),
          at: instant,
          staffId: z.number().nullable(),
          action: z.string(),
          object: z.string(),
          details: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
    act: async ({ tx, query: { before, object, staffId, most } }) => ({
      entries: await auditTrail(tx, {
        most,
        ...(before === undefined ? {} : { before }),
        ...(object === undefined ? {} : { object }),
        ...(staffId === undefined ? {} : { staffId }),
      }),
    }),
  })
}
