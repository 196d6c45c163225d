import { type KeyboardEvent, useEffect, useRef, useState } from "react"
import { Form, useFetcher, useLocation, useNavigate, useSearchParams } from "react-router"
import type { loader, Offer } from "../catalog/suggest.ts"
import { pathIn, withoutLocale } from "./address.ts"
import { Icon } from "./icon.tsx"
import { useRoot } from "./root-data.ts"

const PAUSE_MS = 120
const NONE: readonly Offer[] = []

/** The search field: a form without script; with it, offers appear as one types, reached by arrows or touch (WAI-ARIA combobox with a list). */
export function Find() {
  const { locale, words } = useRoot()
  const navigate = useNavigate()
  const asked = useAsked()
  const [typed, setTyped] = useState<string | null>(null)
  const { key } = useLocation()
  useEffect(() => setTyped(null), [key])
  const { offers, isOfBefore, open, setOpen } = useOffers(typed ?? "", pathIn(locale, "/search/suggest"))
  const [at, setAt] = useState(-1)
  useEffect(() => setAt(-1), [offers]) // what was pointed at may be another now
  const form = useRef<HTMLFormElement>(null)
  const choose = (offer: Offer) => {
    setOpen(false)
    setTyped(null)
    void navigate(offer.to)
  }
  const move = (event: KeyboardEvent) => {
    if (!open || offers.length === 0) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      const step = event.key === "ArrowDown" ? 1 : -1
      setAt((before) => ((before + step + offers.length + 2) % (offers.length + 1)) - 1)
    } else if (event.key === "Escape") setOpen(false)
    else if (event.key === "Enter" && offers[at]) {
      event.preventDefault()
      choose(offers[at])
    }
  }
  return (
    <Form
      role="search"
      action={pathIn(locale, "/search")}
      className="finder"
      ref={form}
      onSubmit={() => setOpen(false)}
      onBlur={({ relatedTarget }) => {
        if (!form.current?.contains(relatedTarget)) setOpen(false)
      }}
    >
      <label className="hidden" htmlFor="find">
        {words.search}
      </label>
      <input
        {...{
          id: "find",
          name: "q",
          type: "search",
          placeholder: words.searchHint,
          maxLength: 300,
          autoComplete: "off",
          value: typed ?? asked,
        }}
        role="combobox"
        aria-expanded={open}
        aria-controls="offers"
        aria-autocomplete="list"
        aria-activedescendant={open && at >= 0 ? `offer-${at}` : undefined}
        onKeyDown={move}
        onChange={({ target }) => {
          setTyped(target.value)
          setAt(-1)
        }}
      />
      <button className="button small" aria-label={words.search}>
        <Icon name="search" />
      </button>
      <ul id="offers" role="listbox" aria-label={words.offers} className="offers" aria-busy={isOfBefore} hidden={!open}>
        {offers.map((offer, place) => (
          <li
            key={offer.kind + offer.to}
            id={`offer-${place}`}
            role="option"
            aria-selected={place === at}
            onPointerDown={(event) => {
              event.preventDefault()
              choose(offer)
            }}
          >
            {offer.picture ? <img src={offer.picture} alt="" width="40" height="40" /> : <Icon name="search" />}
            <span>{offer.says}</span>
            {offer.price && <b className="num">{offer.price}</b>}
            {offer.kind === "brand" && <small>{words.brandOffer}</small>}
            {offer.kind === "section" && <small>{words.sectionOffer}</small>}
          </li>
        ))}
      </ul>
    </Form>
  )
}

/** What was searched for, on the page that shows what was found. */
function useAsked(): string {
  const [params] = useSearchParams()
  return withoutLocale(useLocation().pathname) === "/search" ? (params.get("q") ?? "").slice(0, 300) : ""
}

/** Offers for what stands in the field, asked for when the fingers rest. */
function useOffers(text: string, path: string) {
  const { load, data } = useFetcher<typeof loader>()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (text.trim() === "") return setOpen(false)
    const resting = setTimeout(() => {
      void load(`${path}?q=${encodeURIComponent(text)}`)
      setOpen(true)
    }, PAUSE_MS)
    return () => clearTimeout(resting)
  }, [text, path])
  const offers = text.trim() === "" ? NONE : (data?.offers ?? NONE)
  return { offers, isOfBefore: data?.text !== text.trim(), open: open && offers.length > 0, setOpen }
}
