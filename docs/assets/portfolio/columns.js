// Which column is what: told by its name, else by what stands in it.

/** What a column can be; each with its names, written without blanks, dots and capitals. */
export const ROLES = {
  manufacturer: [
    "devicemanufacturer",
    "devicemodelmanufactureridentifier",
    "manufactureridentifier",
    "devicemanufactureridentifier",
    "manufacturerid",
    "manufacturercode",
    "manufacturer",
    "make",
    "mfr",
  ],
  model: [
    "devicemodel",
    "devicemodelmodelidentifierconcatenatedwithhardwareversion",
    "modelidentifierconcatenatedwithhardwareversion",
    "modelandhardware",
    "modelhardware",
    "model",
  ],
  model_identifier: ["devicemodelmodelidentifier", "modelidentifier", "modelid"],
  hardware_version: [
    "devicemodelhardwareversionversion",
    "hardwareversionversion",
    "hardwareversion",
    "hwversion",
  ],
  hardware_revision: [
    "devicemodelhardwareversionrevision",
    "hardwareversionrevision",
    "hardwarerevision",
    "hwrevision",
    "revision",
  ],
  firmware: [
    "devicefirmwareversion",
    "devicemodelfirmwareversion",
    "firmwareversion",
    "devicefirmware",
    "firmware",
    "fwversion",
    "fw",
  ],
  type: ["devicetype", "devicetypename", "inventorytype", "metertype", "type"],
  count: [
    "count",
    "meters",
    "devices",
    "numberofmeters",
    "numberofdevices",
    "quantity",
    "qty",
    "number",
    "total",
  ],
}
const PARTS = ["model_identifier", "hardware_version", "hardware_revision"]
const LOOKED_AT = 20

/**
 * @typedef {object} Columns
 * @property {number} heading the place of the row of names, or -1 where there is none
 * @property {Object<string, number>} of for each role that a column has, the column's place
 */

/** What the first rows tell; whether that is enough, `enough` says. */
export function recognised(rows) {
  let best = { heading: -1, of: {} }
  rows.slice(0, LOOKED_AT).forEach((row, heading) => {
    const of = named(row)
    if (Object.keys(of).length > Object.keys(best.of).length) best = { heading, of }
  })
  return best.heading < 0 ? { heading: -1, of: shaped(rows) } : best
}

/** Whether a device can be told by these columns. */
export const enough = ({ of }) =>
  ["manufacturer", "firmware"].every((role) => role in of) &&
  ("model" in of || PARTS.every((role) => role in of))

/** The roles that the names of a row give, the best name of each. */
function named(row) {
  const names = row.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, ""))
  const of = {}
  for (const [role, known] of Object.entries(ROLES)) {
    const name = known.find((each) => names.includes(each))
    if (name) of[role] = names.indexOf(name)
  }
  return of
}

/** Without names: the columns of 4, 8 and 8 hexadecimal digits, in the order of the inventory. */
function shaped(rows) {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const digits = (place) => {
    const lengths = rows.map(
      (row) => /^[0-9A-F]+$/i.exec((row[place] ?? "").replace(/[:\s]/g, ""))?.[0].length,
    )
    return lengths.sort()[lengths.length >> 1]
  }
  const of = {}
  for (let place = 0; place < width; place++) {
    const count = digits(place)
    if (count === 4 && !("manufacturer" in of)) of.manufacturer = place
    else if (count === 8 && !("model" in of)) of.model = place
    else if (count === 8 && !("firmware" in of)) of.firmware = place
  }
  return of
}
