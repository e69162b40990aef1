-- fir.sqlite. Identifiers, versions and days are text; what is not known is NULL; yes and no are 1 and 0.

-- Which edition this is: cpl_version, cpl_issued_on, commit, changed_since_commit, demonstration.
CREATE TABLE edition (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;

CREATE TABLE manufacturers (
    slug TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    website TEXT,
    also_known_as TEXT,
    succeeded_by TEXT
) WITHOUT ROWID;

CREATE TABLE manufacturer_identifiers (
    manufacturer_identifier TEXT NOT NULL,
    slug TEXT NOT NULL REFERENCES manufacturers,
    PRIMARY KEY (manufacturer_identifier, slug)
) WITHOUT ROWID;

-- A row for each device type: its own contact where the manufacturer gives one, else the general.
CREATE TABLE contacts (
    slug TEXT NOT NULL REFERENCES manufacturers,
    device_type TEXT NOT NULL,
    email TEXT NOT NULL,
    telephone TEXT NOT NULL,
    business_address TEXT NOT NULL,
    confirmed_on TEXT,
    PRIMARY KEY (slug, device_type)
) WITHOUT ROWID;

-- The columns of the CPL snapshot, then what follows from them.
CREATE TABLE entries (
    cpl_number TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    device_type TEXT NOT NULL,
    manufacturer_identifier TEXT NOT NULL,
    model_identifier TEXT NOT NULL,
    hardware_version TEXT NOT NULL,
    hardware_revision TEXT NOT NULL,
    firmware_version TEXT NOT NULL,
    smets_chts_version TEXT,
    gbcs_version TEXT,
    cpa_certificate TEXT,
    cpa_security_characteristics TEXT,
    cpa_expiry TEXT,
    dlms_certificate TEXT,
    dlms_version TEXT,
    zse_certificate TEXT,
    zse_version TEXT,
    image_creator TEXT,
    image_hash TEXT,
    image_descriptor TEXT,
    first_version TEXT,
    first_issued_on TEXT,
    label TEXT,
    last_listed_version TEXT,
    device_model TEXT NOT NULL,
    model TEXT NOT NULL, -- as the inventory has it: model, hardware version and revision
    generation TEXT NOT NULL,
    listing TEXT NOT NULL,
    gap TEXT -- `required` or `optional` where a record is missing
) WITHOUT ROWID;
CREATE INDEX entries_by_inventory_strings
    ON entries (manufacturer_identifier, model, firmware_version);
CREATE INDEX entries_by_image_hash ON entries (image_hash);
CREATE INDEX entries_by_cpa_expiry ON entries (cpa_expiry);

CREATE TABLE records (
    cpl_number TEXT PRIMARY KEY REFERENCES entries,
    manufacturer TEXT NOT NULL REFERENCES manufacturers,
    release_notes TEXT NOT NULL,
    product_name TEXT,
    released_on TEXT,
    release_notes_url TEXT,
    upgrade_sources_stated INTEGER NOT NULL, -- 1 without a row in upgrade_sources: none
    outage_alert_on_activation TEXT,
    outage_note TEXT,
    withdrawn_on TEXT,
    withdrawn_reason TEXT,
    replaced_by TEXT,
    file TEXT NOT NULL,
    last_commit TEXT,
    last_changed_on TEXT
) WITHOUT ROWID;
CREATE INDEX records_by_manufacturer ON records (manufacturer);

-- Over which firmware each may be installed directly, as its manufacturer states it.
CREATE TABLE upgrade_sources (
    cpl_number TEXT NOT NULL REFERENCES records,
    source TEXT NOT NULL,
    PRIMARY KEY (cpl_number, source)
) WITHOUT ROWID;
CREATE INDEX upgrade_sources_by_source ON upgrade_sources (source);

CREATE TABLE corrections (
    cpl_number TEXT NOT NULL REFERENCES records,
    position INTEGER NOT NULL,
    corrected_on TEXT NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (cpl_number, position)
) WITHOUT ROWID;

-- What each CPL issue did, in the order of the issues.
CREATE TABLE changes (
    position INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    cpl_number TEXT NOT NULL REFERENCES entries,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT
);
CREATE INDEX changes_by_number ON changes (cpl_number);
CREATE INDEX changes_by_day ON changes (issued_on);

-- The answer of each entry. `latest` is advice only where `target` is the same.
CREATE TABLE answers (
    cpl_number TEXT PRIMARY KEY REFERENCES entries,
    answer TEXT NOT NULL,
    listing TEXT NOT NULL,
    newer TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    latest TEXT REFERENCES entries,
    basis TEXT,
    target TEXT REFERENCES entries,
    direct TEXT,
    outage_alert TEXT,
    image TEXT
) WITHOUT ROWID;
CREATE INDEX answers_by_answer ON answers (answer);

-- The firmware that is newer, or that may be: relation is `newer` or `unclear`.
CREATE TABLE candidates (
    cpl_number TEXT NOT NULL REFERENCES entries,
    candidate TEXT NOT NULL REFERENCES entries,
    relation TEXT NOT NULL,
    PRIMARY KEY (cpl_number, candidate)
) WITHOUT ROWID;

-- From each firmware to `target`: what comes on the way, oldest first, and what to install.
CREATE TABLE since (
    cpl_number TEXT NOT NULL REFERENCES entries,
    position INTEGER NOT NULL,
    firmware TEXT NOT NULL REFERENCES entries,
    notes_of TEXT REFERENCES records, -- whose release notes these are; NULL where nobody gave any
    repeats TEXT, -- the firmware version on the way that has the very same notes
    install INTEGER NOT NULL, -- 1 where it is a stated step of installation
    PRIMARY KEY (cpl_number, position)
) WITHOUT ROWID;

-- Whom to call about each entry: its own manufacturer, else those that use its identifier.
CREATE TABLE whom (
    cpl_number TEXT NOT NULL REFERENCES entries,
    position INTEGER NOT NULL,
    slug TEXT NOT NULL REFERENCES manufacturers,
    PRIMARY KEY (cpl_number, position)
) WITHOUT ROWID;

-- "I have these three strings": the answer, and whom to call.
CREATE VIEW answer_of_device AS
SELECT entries.manufacturer_identifier, entries.model, entries.firmware_version,
    entries.device_type, entries.generation, entries.cpl_number, entries.listing,
    answers.answer, answers.newer, answers.target,
    newest.firmware_version AS target_firmware_version, answers.direct, answers.outage_alert,
    manufacturers.name AS manufacturer, contacts.email, contacts.telephone
FROM entries
JOIN answers USING (cpl_number)
LEFT JOIN entries AS newest ON newest.cpl_number = answers.target
LEFT JOIN whom ON whom.cpl_number = entries.cpl_number
LEFT JOIN manufacturers ON manufacturers.slug = whom.slug
LEFT JOIN contacts ON contacts.slug = whom.slug AND contacts.device_type = entries.device_type;

-- The newest firmware of each Device Model, device type and generation, where that is clear.
CREATE VIEW latest_of_device AS
SELECT DISTINCT entries.device_type, entries.device_model, entries.manufacturer_identifier,
    entries.model, entries.generation, newest.firmware_version, newest.cpl_number
FROM entries
JOIN answers USING (cpl_number)
JOIN entries AS newest ON newest.cpl_number = answers.latest;

-- Entries without a record, required ones first (F2.15, F2.17).
CREATE VIEW gaps AS
SELECT cpl_number, gap, device_type, device_model, firmware_version, label
FROM entries
WHERE gap IS NOT NULL
ORDER BY gap = 'required' DESC, cpl_number;

-- CPA certificates of Current entries by their day: the end of an [E], the review of an [R].
CREATE VIEW certificates_ending AS
SELECT cpa_expiry, CASE WHEN cpa_certificate LIKE '[R]%' THEN 'review' ELSE 'end' END AS kind,
    cpa_certificate, cpl_number, device_type, device_model, firmware_version, label
FROM entries
WHERE listing = 'current' AND cpa_expiry IS NOT NULL
ORDER BY cpa_expiry, cpl_number;

-- The release notes from each firmware up to its target, oldest first.
CREATE VIEW what_changed_since AS
SELECT since.cpl_number, since.position, entries.firmware_version, since.firmware, since.install,
    records.release_notes, since.repeats
FROM since
JOIN entries ON entries.cpl_number = since.firmware
LEFT JOIN records ON records.cpl_number = since.notes_of
ORDER BY since.cpl_number, since.position;

-- What the CPL's issues did to each entry, oldest first.
CREATE VIEW cpl_changes AS
SELECT changes.issued_on, changes.version, changes.cpl_number, entries.device_type,
    entries.device_model, entries.firmware_version, changes.field, changes.before, changes.after
FROM changes
LEFT JOIN entries USING (cpl_number)
ORDER BY changes.position;
