import { Form } from "react-router"
import { To } from "../../parts/link.tsx"
import type { WalletWords } from "./wallet-words.ts"
import type { walletOffer } from "./wallets.server.ts"

type Offer = NonNullable<Awaited<ReturnType<typeof walletOffer>>>

/** Buttons that put the card into the wallet of a phone. They lead away from the page, so the browser itself follows, with script or without. */
export function WalletPanel({ wallets: { apple, google, isIn, words } }: { wallets: Offer }) {
  return (
    <section className="panel" id="wallets">
      <h2>{words.title}</h2>
      <p>{words.says}</p>
      <div className="wallets">
        {google && <WalletButton {...{ act: "to-google", says: google.says, to: words.google, words }} drawing={<OpenWallet />} />}
        {apple && <WalletButton {...{ act: "to-apple", says: apple.says, to: words.apple, words }} drawing={<StackedCards />} />}
      </div>
      {isIn && (
        <p>
          <To to="/my/devices#passes">{words.remove}</To>
        </p>
      )}
    </section>
  )
}

type ButtonProps = { act: string; says: string; to: string; words: WalletWords; drawing: React.ReactNode }

function WalletButton({ act, says, to, words, drawing }: ButtonProps) {
  return (
    <Form method="post" reloadDocument>
      <button className="wallet" name="act" value={act} aria-describedby={`says-${act}`}>
        {drawing}
        <span>
          <small>{words.addTo}</small> <b>{to}</b>
        </span>
      </button>
      <p className="soft" id={`says-${act}`}>
        {says}
      </p>
    </Form>
  )
}

/** A wallet with cards looking out. */
const StackedCards = () => (
  <svg viewBox="0 0 40 32" aria-hidden="true">
    <rect x="1" y="1" width="38" height="30" rx="6" fill="#fff" />
    <rect x="4" y="4" width="32" height="7" rx="3" fill="#e0a33e" />
    <rect x="4" y="9" width="32" height="7" rx="3" fill="#4d8a63" />
    <rect x="4" y="14" width="32" height="7" rx="3" fill="#a42c57" />
    <path d="M4 19h9.500a6.500 5 0 0 0 13 0H36v6a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3z" fill="#d9dde3" />
  </svg>
)

/** An open wallet with a card in it. */
const OpenWallet = () => (
  <svg viewBox="0 0 40 32" aria-hidden="true">
    <rect x="6" y="2" width="28" height="20" rx="4" fill="#f4c95d" />
    <rect x="6" y="7" width="28" height="20" rx="4" fill="#6fb98f" />
    <path d="M2 15a4 4 0 0 1 4-4h3l11 7 11-7h3a4 4 0 0 1 4 4v11a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4z" fill="#7aa7f0" />
    <path d="M2 26V15a4 4 0 0 1 4-4h3l29 18.600A4 4 0 0 1 34 30H6a4 4 0 0 1-4-4z" fill="#4d7fd6" />
  </svg>
)
