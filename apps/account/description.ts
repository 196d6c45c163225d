/** What an integrator reads first. */
export const DESCRIPTION = `Everything a member can do on the pages of the account, for apps on their own phones. Pages and apps call the same acts, keep the same limits and say the same words.

**Tokens.** A sign-in gives \`accessToken\` (15 minutes, in \`Authorization: Bearer …\`), \`refreshToken\` and \`deviceToken\`. \`POST /tokens\` turns a refresh token into the next two; it is good once. Whoever comes again with the same one before the new ones were used gets the very same answer, so a lost answer is simply asked for again; whoever comes with it later holds a copy: the session ends and the member is told. Keep the refresh token where the phone keeps secrets, and the device token for good, over sign-outs too: it is what a person's phone is known by, so that strangers' guesses do not slow it down. A session ends after 180 days unused or two years. Cookies are never looked at, and no other site's page can read an answer (no CORS).

**Signing in.** \`POST /codes\` sends six digits and answers a \`flow\`; \`POST /sign-in/code\` takes both. Whose phone has no card is answered \`registration_needed\` and goes on with the same flow to \`POST /registration\` within a day. What is answered never tells whether a phone has a card.

**Proof.** What is grave (password, phone, e-mail, passkeys, name, a copy of everything, merging, leaving) is answered 401 \`reauth_required\` unless the member proved within 15 minutes that it is them: by signing in with a code or a passkey, or by \`POST /proof/code\` and \`POST /proof\`. \`GET /me\` tells until when.

**Words.** Money is whole kopecks (\`…Minor\`), points are whole numbers worth a kopeck each, days are Minsk's, instants are UTC. Sentences come in the language of \`Accept-Language\`: ru, be or en.

**Problems** are RFC 9457: \`code\` is stable, \`detail\` may be shown to the person. 429 and 503 say \`Retry-After\`. A bank card number is refused in every field, and kept nowhere: we never need one.

**Repeats.** GET, PUT and DELETE may be repeated. Where a repeat would do harm an \`Idempotency-Key\` is needed: the same key brings the first answer for thirty days.

**Pages** of a list: \`limit\` and \`cursor\`; \`next\` is the cursor of what follows, null at the end.`
