/**
 * The tables of a staging database. Large ones have a rowid, so that rows are appended: WITHOUT ROWID, each insertion would
 * touch another page.
 */
export const stagingSchema = `
  CREATE TABLE school (uai TEXT PRIMARY KEY, body TEXT, described INTEGER) WITHOUT ROWID;
  CREATE TABLE grp (id TEXT, uai TEXT, body TEXT, PRIMARY KEY (uai, id)) WITHOUT ROWID;
  CREATE TABLE person (id TEXT PRIMARY KEY, body TEXT, facets TEXT, file TEXT, line INTEGER, key TEXT);
  CREATE TABLE link (guardian TEXT, pupil TEXT, PRIMARY KEY (guardian, pupil)) WITHOUT ROWID;
  CREATE INDEX link_pupil ON link (pupil);
  CREATE TABLE other (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE affected (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE arrived (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE kept (id TEXT PRIMARY KEY, body TEXT);
  CREATE TABLE alias (facet TEXT, identifier TEXT, key TEXT, stored TEXT, PRIMARY KEY (facet, identifier)) WITHOUT ROWID;
  CREATE TABLE retained (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE stored (id TEXT, uai TEXT, sk TEXT, print TEXT, suspended INTEGER, groups INTEGER, pupils TEXT,
    PRIMARY KEY (id, uai, sk));
  CREATE INDEX stored_uai ON stored (uai);
  CREATE TABLE former_link (uai TEXT, pupil TEXT, guardian TEXT, PRIMARY KEY (uai, pupil, guardian)) WITHOUT ROWID;
  CREATE TABLE staying (uai TEXT, id TEXT, PRIMARY KEY (uai, id)) WITHOUT ROWID;
  CREATE TABLE concerned (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE decision (adult TEXT, child TEXT, kind TEXT, PRIMARY KEY (adult, child)) WITHOUT ROWID;
  CREATE TABLE administrator (id TEXT, uai TEXT, PRIMARY KEY (id, uai)) WITHOUT ROWID;
  CREATE TABLE territory_role (id TEXT, role TEXT, PRIMARY KEY (id, role)) WITHOUT ROWID;
  CREATE TABLE feed_role (user TEXT, org TEXT, role TEXT, gone INTEGER, period TEXT, file TEXT, line INTEGER,
    taken INTEGER, PRIMARY KEY (user, org, role, gone, period)) WITHOUT ROWID;
  CREATE TABLE feed_relation (pupil TEXT, agent TEXT, PRIMARY KEY (pupil, agent)) WITHOUT ROWID;
  CREATE INDEX feed_relation_agent ON feed_relation (agent);
  CREATE TABLE feed_named (pupil TEXT, guardian TEXT, gone INTEGER, file TEXT, line INTEGER, key TEXT,
    PRIMARY KEY (pupil, guardian)) WITHOUT ROWID;
  CREATE TABLE known_grp (id TEXT PRIMARY KEY, uai TEXT, kind TEXT, key TEXT, year INTEGER, replaced INTEGER, body TEXT)
    WITHOUT ROWID;
  CREATE INDEX known_grp_key ON known_grp (uai, key);
  CREATE TABLE given_grp (id TEXT PRIMARY KEY, uai TEXT, kind TEXT, key TEXT, year INTEGER, own INTEGER) WITHOUT ROWID;
  CREATE TABLE former_pupil (grp TEXT, id TEXT, PRIMARY KEY (grp, id)) WITHOUT ROWID;
  CREATE TABLE present_pupil (grp TEXT, id TEXT, PRIMARY KEY (grp, id)) WITHOUT ROWID;
  CREATE INDEX present_pupil_id ON present_pupil (id);
  CREATE TABLE moved_grp (id TEXT PRIMARY KEY, next TEXT) WITHOUT ROWID;
  CREATE TABLE closing (id TEXT PRIMARY KEY, year INTEGER) WITHOUT ROWID;
  CREATE TABLE held_back (uai TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE handed (first TEXT PRIMARY KEY, person TEXT, body TEXT, stored TEXT, file TEXT, line INTEGER) WITHOUT ROWID;
  CREATE INDEX handed_person ON handed (person);
  CREATE TABLE ended (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE renamed (was TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
  CREATE TABLE contact_secret (secret TEXT, stored INTEGER, used INTEGER);
  CREATE TABLE academy (name TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE taken (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE claim (id TEXT, person TEXT, why TEXT, PRIMARY KEY (id, person, why)) WITHOUT ROWID;
  CREATE INDEX claim_person ON claim (person);
  CREATE TABLE joining (id TEXT PRIMARY KEY, first TEXT, why TEXT) WITHOUT ROWID;
  CREATE TABLE moving (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE restated (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE todo_arrived (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE todo_staged (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE todo_kept (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE todo_ended (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE todo_absent (id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE tally (uai TEXT PRIMARY KEY, added INTEGER, changed INTEGER, gone INTEGER) WITHOUT ROWID;
  CREATE TABLE change (uai TEXT, id TEXT, kind TEXT, PRIMARY KEY (uai, id)) WITHOUT ROWID;
  CREATE TABLE former_left (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
  CREATE TABLE plan (name TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
`
