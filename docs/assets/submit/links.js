// What keeps a link from being published, in the words of `fir.links`.

import { tick } from "./words.js"

const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/
const NAMED = { " ": "blank", "\n": "line break", "\t": "tab" }
const BARE_ADDRESS = unsafe("it should name a site, not an IP address", "give the name of the site")

function unsafe(problem, fix) {
  return { problem, fix }
}

/**
 * Why a link is not published, or null where it is sound.
 * @param table `links` of the rules
 */
export function unsafety(link, table) {
  const better = (rest) => {
    const made = `https://${rest}`
    return unsafety(made, table) ? "give the address of a public web page" : `write ${made}`
  }
  const stray = [...link].find((each) => !/^[!-~]$/.test(each) || table.ambiguous.includes(each))
  if (stray !== undefined) return odd(stray)
  if (!link.startsWith("https://"))
    return unsafe("it should begin with `https://`", better(link.replace(/^https?:\/\//i, "")))
  const [authority] = link.slice(8).split(/[/?#]/)
  const rest = link.slice(8 + authority.length)
  const at = authority.lastIndexOf("@")
  const site = authority.slice(at + 1)
  if (at >= 0) return unsafe("it should hold no user name or password", better(site + rest))
  if (site.startsWith("[")) return BARE_ADDRESS
  const colon = site.indexOf(":")
  const host = colon < 0 ? site : site.slice(0, colon)
  if (colon >= 0 && site.slice(colon + 1) !== "443")
    return unsafe(
      "it should name no port",
      `${better(host + rest)}, if the page opens without the port`,
    )
  return ofHost(host, table)
}

function odd(letter) {
  const named = NAMED[letter] ?? tick(letter)
  const code = letter.codePointAt(0).toString(16).toUpperCase()
  if (letter.codePointAt(0) < 0x80)
    return unsafe(
      `it should hold no ${named}`,
      `remove the ${named}, or write it as \`%${code.padStart(2, "0")}\``,
    )
  return unsafe(
    `it should be plain ASCII and holds ${named} (U+${code.padStart(4, "0")})`,
    "copy the address from the browser, or retype it in plain letters",
  )
}

function ofHost(host, table) {
  const labels = host.toLowerCase().split(".")
  const last = labels.at(-1)
  if (!host) return unsafe("it names no site", "give the name of the site after `https://`")
  if (/^[0-9]/.test(last)) return BARE_ADDRESS
  if (table.internal.includes(last) || labels.length === 1)
    return unsafe(
      `and ${tick(host)} cannot be reached by the public`,
      "give the address of a public web page",
    )
  if (labels.some((label) => label.startsWith("xn--")))
    return unsafe(
      "its name should be in plain letters, not in a code that can hide look-alikes",
      "give another address of the site, one without `xn--`",
    )
  if (host.length > 253 || last.length < 2 || !labels.every((label) => LABEL.test(label)))
    return unsafe(`and ${tick(host)} cannot be the name of a site`, "correct the name of the site")
  return null
}
