import type { Locale } from "@mila/kernel"

const ru = {
  title: "Карта в кошельке телефона",
  says: "Одно касание — и карта с балансом под рукой. Мы обновляем её сами, когда бонусы меняются.",
  appleSays: "Для iPhone: копить по штрихкоду. Чтобы платить бонусами, откройте карту здесь.",
  googleSays: "Для Android: копить и платить бонусами, код меняется сам. Google получит имя, номер карты и баланс.",
  addTo: "Добавить в",
  apple: "Apple Wallet",
  google: "Google Кошелёк",
  inApple: "Уже выдана для Apple Wallet. Можно скачать ещё раз.",
  inGoogle: "Уже в Google Кошельке. Можно открыть ещё раз.",
  noCode: "В Google Кошельке карта без кода для оплаты. Добавьте её ещё раз, и код появится.",
  remove: "Убрать карту из кошелька",
}

export type WalletWords = typeof ru

const be: WalletWords = {
  title: "Карта ў кашальку тэлефона",
  says: "Адзін дотык — і карта з балансам пад рукой. Мы абнаўляем яе самі, калі бонусы мяняюцца.",
  appleSays: "Для iPhone: збіраць па штрыхкодзе. Каб плаціць бонусамі, адкрыйце карту тут.",
  googleSays: "Для Android: збіраць і плаціць бонусамі, код мяняецца сам. Google атрымае імя, нумар карты і баланс.",
  addTo: "Дадаць у",
  apple: "Apple Wallet",
  google: "Google Кашалёк",
  inApple: "Ужо выдадзена для Apple Wallet. Можна спампаваць яшчэ раз.",
  inGoogle: "Ужо ў Google Кашальку. Можна адкрыць яшчэ раз.",
  noCode: "У Google Кашальку карта без кода для аплаты. Дадайце яе яшчэ раз, і код з'явіцца.",
  remove: "Прыбраць карту з кашалька",
}

const en: WalletWords = {
  title: "The card in your phone's wallet",
  says: "One touch, and the card with its balance is at hand. We update it ourselves when your points change.",
  appleSays: "For iPhone: collect by the barcode. To pay with points, open the card here.",
  googleSays: "For Android: collect and pay with points, the code changes by itself. Google gets your first name, card number and balance.",
  addTo: "Add to",
  apple: "Apple Wallet",
  google: "Google Wallet",
  inApple: "Already given out for Apple Wallet. You can download it again.",
  inGoogle: "Already in Google Wallet. You can open it again.",
  noCode: "The card in Google Wallet has no code for paying. Add it again, and the code is there.",
  remove: "Remove the card from a wallet",
}

export const WALLETS: Readonly<Record<Locale, WalletWords>> = { ru, be, en }
