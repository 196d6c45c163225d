// The page's own script: it asks /office/v1 and shows what was answered. The key stays in this tab and ends with it; the token that names the browser outlives it.
const { lang } = document.documentElement
const says = document.body.dataset
/** @param {string} id @returns {any} */
const by = (id) => document.getElementById(id)
const SECTIONS = ["enter", "invited", "day"]

/** @param {string} id */
function show(id) {
  for (const name of SECTIONS) by(name).hidden = name !== id
  document.documentElement.dataset["shown"] = id
}

/** @param {string} [text] @param {boolean} [isNo] */
function tell(text = "", isNo = false) {
  by("told").textContent = text
  by("told").classList.toggle("no", isNo)
}

class Said extends Error {}

/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
async function ask(method, path, body) {
  const key = sessionStorage.getItem("key")
  const headers = {
    "accept-language": lang,
    ...(body && { "content-type": "application/json" }),
    ...(key && { authorization: `Bearer ${key}` }),
  }
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
  const answer = await fetch(`/office/v1${path}`, init).catch(() => undefined)
  const told = await answer?.json().catch(() => undefined)
  if (!answer || !told) throw new Said(says["broken"])
  if (answer.ok) return told
  if (told.code === "key_idle" || told.code === "key_ended" || told.code === "not_signed_in") return signedOut(says["over"], true)
  throw new Said(told.detail)
}

const device = () => {
  const kept = localStorage.getItem("staff-device")
  return kept ? { device: kept } : {}
}

/** Does one thing at a time, and says what came of it. @param {any} button @param {() => Promise<unknown>} work */
async function once(button, work) {
  if (button.disabled) return
  button.disabled = true
  tell()
  try {
    await work()
  } catch (error) {
    tell(error instanceof Said ? error.message : says["cancelled"], true)
  } finally {
    button.disabled = false
  }
}

const moment = (/** @type {string} */ at) =>
  new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Minsk" }).format(new Date(at))

/** @param {string} id @param {string} at */
function when(id, at) {
  by(id).textContent = moment(at)
  by(id).dateTime = at
}

const passkeys = () => /** @type {any} */ (globalThis)["SimpleWebAuthnBrowser"]

async function signIn(/** @type {any} */ given) {
  localStorage.setItem("staff-device", given.device)
  sessionStorage.setItem("key", given.key)
  by("ready").hidden = true
  by("typed").reset()
  await day()
}

async function touch() {
  const { flow, options } = await ask("POST", "/sign-in/passkey/challenge", {})
  const answer = await passkeys().startAuthentication({ optionsJSON: options })
  await signIn(await ask("POST", "/sign-in/passkey", { flow, passkey: JSON.stringify(answer), ...device() }))
}

async function type() {
  const { staffId, password, code } = Object.fromEntries(new FormData(by("typed")))
  await signIn(await ask("POST", "/sign-in/password", { staffId: Number(staffId), password, code, ...device() }))
}

async function day() {
  const told = await ask("GET", "/me/factors")
  if (!told) return
  by("day-name").textContent = told.name
  by("key").textContent = sessionStorage.getItem("key")
  when("day-until", told.keyEndsAt)
  by("ways").replaceChildren(...told.factors.map((/** @type {any} */ factor) => way(factor, told.factors.length > 1)))
  show("day")
}

/** @param {any} factor @param {boolean} mayGo */
function way({ factorId, kind, name, madeAt, usedAt, doubted }, mayGo) {
  const { dataset: words } = by("ways")
  const [line, text, what, more] = ["li", "div", "b", "span"].map((tag) => document.createElement(tag))
  what.textContent = words[kind]
  const dates = `${words.added} ${moment(madeAt)}${usedAt ? `, ${words.used} ${moment(usedAt)}` : ""}`
  more.textContent = [name === "?" ? "" : name, doubted ? words.doubted : dates].filter(Boolean).join(" · ")
  text.append(what, more)
  line.append(text)
  if (!mayGo) return line
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = words.remove
  button.setAttribute("aria-label", `${words.remove}: ${words[kind]}, ${name}`)
  button.addEventListener(
    "click",
    () =>
      void once(button, async () => {
        if (!(await ask("DELETE", `/me/factors/${factorId}`, {}))) return
        await day()
        tell(says["removed"])
      }),
  )
  line.append(button)
  return line
}

/** @param {string} [text] @param {boolean} [isNo] */
function signedOut(text, isNo) {
  sessionStorage.removeItem("key")
  by("key").textContent = ""
  show("enter")
  tell(text, isNo)
}

/** The invitation stands behind the #, which browsers send to nobody; it is taken out of the address at once. */
function invitationHere() {
  const given = location.hash.slice(1)
  if (!given.startsWith("invite_")) return undefined
  history.replaceState(null, "", location.pathname)
  return given
}

/** The invitation that was brought here; it stays in this page alone. */
let held = ""

/** @param {string} invitation */
async function welcome(invitation) {
  const told = await ask("POST", "/invitation", { invitation })
  by("invited-name").textContent = told.name
  by("own-number").value = told.staffId
  when("invited-until", told.endsAt)
  const able = told.passkeys && passkeys().browserSupportsWebAuthn()
  by("with-passkey").hidden = !able
  by("with-app").open = !able
  held = invitation
  show("invited")
}

/** @param {string} invitation */
async function make(invitation) {
  const { options } = await ask("POST", "/invitation/passkey/challenge", { invitation })
  const answer = await passkeys().startRegistration({ optionsJSON: options })
  accepted(await ask("POST", "/invitation/passkey", { invitation, passkey: JSON.stringify(answer), ...device() }))
}

/** @param {string} invitation */
async function showApp(invitation) {
  const { secret, qr } = await ask("POST", "/invitation/authenticator", { invitation })
  by("secret").textContent = secret.match(/.{1,4}/g).join(" ")
  by("qr").setAttribute("viewBox", `0 0 ${qr.size} ${qr.size}`)
  by("qr").firstElementChild.setAttribute("d", qr.path)
  by("app").hidden = false
  by("show-app").hidden = true
}

/** @param {string} invitation */
async function keepApp(invitation) {
  const { password, code } = Object.fromEntries(new FormData(by("app")))
  accepted(await ask("POST", "/invitation/authenticator/confirm", { invitation, password, code, ...device() }))
  by("enter").querySelector("details").open = true
}

function accepted(/** @type {any} */ { staffId, device }) {
  localStorage.setItem("staff-device", device)
  by("app").reset()
  by("ready-number").textContent = staffId
  by("typed").elements.staffId.value = staffId
  by("ready").hidden = false
  sessionStorage.removeItem("key")
  show("enter")
}

/** @param {string} id @param {() => Promise<unknown>} work */
const onTouch = (id, work) => by(id).addEventListener("click", () => void once(by(id), work))
/** @param {string} id @param {() => Promise<unknown>} work */
const onSent = (id, work) =>
  by(id).addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault()
    void once(by(id).querySelector("button"), work)
  })

onTouch("touch", touch)
onSent("typed", type)
onTouch("make", () => make(held))
onTouch("show-app", () => showApp(held))
onSent("app", () => keepApp(held))
onTouch("copy", async () => {
  await navigator.clipboard.writeText(by("key").textContent).catch(() => getSelection()?.selectAllChildren(by("key")))
  tell(says["copied"])
})
onTouch("sign-out", async () => {
  if (await ask("POST", "/me/sign-out", {})) signedOut(says["out"])
})

addEventListener("hashchange", () => {
  const given = invitationHere()
  if (given) void arrive(given)
})
void arrive(invitationHere())

/** @param {string | undefined} invitation */
async function arrive(invitation) {
  tell()
  try {
    if (invitation) await welcome(invitation)
    else if (sessionStorage.getItem("key")) await day()
    else show("enter")
  } catch (error) {
    signedOut(error instanceof Said ? error.message : says["broken"], true)
  }
}
