import { data } from "react-router"

/** An address nobody gave out: the root says so in the language of the address. */
export function loader() {
  throw data(null, 404)
}

export default function Lost() {
  return null
}
