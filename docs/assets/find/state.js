// What the reader asked for, all of it in the address: query, filters, order, and how many rows.

import { FACETS } from "./facets.js"
import { SORTS } from "./order.js"

export const ROWS = 50
const MOST_SHOWN = 100_000

/**
 * @typedef {object} State
 * @property {string} q
 * @property {Map<string, Set<string>>} filters
 * @property {string} sort empty for the usual order
 * @property {number} show
 */

/** @returns {State} */
export function read(search) {
  const given = new URLSearchParams(search)
  const filters = new Map()
  for (const { key } of FACETS) {
    const values = given.getAll(key).filter(Boolean)
    if (values.length) filters.set(key, new Set(values))
  }
  const sort = given.get("sort") ?? ""
  const show = Number(given.get("show"))
  return {
    q: (given.get("q") ?? "").trim(),
    filters,
    sort: Object.hasOwn(SORTS, sort) ? sort : "",
    show: Number.isInteger(show) && show > ROWS ? Math.min(show, MOST_SHOWN) : ROWS,
  }
}

/** The address that says it; the same state always gives the same address. */
export function written({ q, filters, sort, show }) {
  const told = new URLSearchParams()
  if (q) told.set("q", q)
  for (const { key } of FACETS)
    for (const value of [...(filters.get(key) ?? [])].sort()) told.append(key, value)
  if (sort) told.set("sort", sort)
  if (show > ROWS) told.set("show", String(show))
  const search = told.toString()
  return search ? `?${search}` : location.pathname
}

/** The same with one filter put in or taken out, from the first rows on. */
export function toggled(state, key, value, on) {
  const filters = new Map(state.filters)
  const values = new Set(filters.get(key))
  if (on) values.add(value)
  else values.delete(value)
  if (values.size) filters.set(key, values)
  else filters.delete(key)
  return { ...state, filters, show: ROWS }
}
