/** Writes AAF files record by record, as tests need them. */

export type Values = Readonly<Record<string, string | readonly string[]>>

const escaped = (text: string) => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`)

const valuesOf = (tag: string, more: string, values: Values) =>
  Object.entries(values)
    .map(([name, given]) => {
      const inner = [given].flat().map(value => (value === '' ? '<value/>' : `<value>${escaped(value)}</value>`))
      return `<${tag} name="${name}"${more}>${inner.join('') || '<value/>'}</${tag}>`
    })
    .join('\n')

const head = (category: string, id: string) => `<operationalAttributes><attr name="categorie${
  category === 'EtabEducNat' ? 'Structure' : 'Personne'
}"><value>${category}</value></attr></operationalAttributes>
<identifier><id>${id}</id></identifier>`

export const add = (category: string, id: string, values: Values) =>
  `<addRequest>\n${head(category, id)}\n<attributes>${valuesOf('attr', '', values)}</attributes>\n</addRequest>\n`

export const modify = (category: string, id: string, values: Values) =>
  `<modifyRequest>\n${head(category, id)}\n<modifications>${valuesOf('modification', ' operation="replace"', values)}</modifications>\n</modifyRequest>\n`

export const remove = (category: string, id: string) => `<deleteRequest>\n${head(category, id)}\n</deleteRequest>\n`

/** A file of those records. `version` stands in the header's comment. */
export const aaf = (
  records: readonly string[],
  { prolog = '<?xml version="1.0" encoding="UTF-8"?>', version = 'versionSDET="6.5"' } = {},
) => `${prolog}
<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">
<ficAlimMENESR>
<!-- ${version} -->
${records.join('')}</ficAlimMENESR>
`

/** The name of a file of the delivery of `day` September 2026. */
export const named = (category: string, { kind = 'Complet', day = 1, part = 0 } = {}) =>
  `PREAU_TEST_${kind}_202609${String(day).padStart(2, '0')}_${category}_${String(part).padStart(4, '0')}.xml`

export const source = 'aaf:preau_test'

export const uai = '0990001A'
export const otherUai = '0990002B'

export const school = (key = '1', code = uai, name = 'CLG$des Saules$Valmont') =>
  add('EtabEducNat', key, { ENTStructureJointure: key, ENTStructureUAI: code, ENTStructureNomCourant: name })

/** Legal link 1: `12$1$1$1$1$0` is the guardian 12. */
const links = (guardians: readonly string[]) => guardians.map(key => `${key}$1$1$1$1$0`)

export const pupil = (key: string, guardians: readonly string[] = [], more: Values = {}) =>
  add('Eleve', key, {
    ENTPersonJointure: key,
    sn: `Élève ${key}`,
    givenName: 'Zoé',
    ENTPersonStructRattach: '1',
    ENTEleveClasses: '1$6e A',
    ENTElevePersRelEleve: links(guardians),
    ...more,
  })

export const guardian = (key: string, more: Values = {}) =>
  add('PersRelEleve', key, { ENTPersonJointure: key, sn: `Parent ${key}`, givenName: 'Noé', ...more })

export const teacher = (key: string, more: Values = {}) =>
  add('PersEducNat', key, {
    ENTPersonJointure: key,
    sn: `Prof ${key}`,
    givenName: 'Anne',
    ENTPersonStructRattach: '1',
    ENTPersonFonctions: '1$ENS$ENSEIGNEMENT$L1300$MATHEMATIQUES',
    ENTAuxEnsClassesMatieres: '1$6e A$061300',
    ...more,
  })

/** A complete delivery: one school, `pupils` pupils with a guardian for two of them, a teacher. */
export const delivery = (pupils: number, change: (key: string) => Values | undefined = () => undefined) => {
  const keys = Array.from({ length: pupils }, (_, place) => place)
  const guardians = [...new Set(keys.map(place => `${500 + (place >> 1)}`))]
  return {
    [named('EtabEducNat')]: aaf([school()]),
    [named('Eleve')]: aaf(keys.map(at => pupil(`${100 + at}`, [`${500 + (at >> 1)}`], change(`${100 + at}`)))),
    [named('PersRelEleve')]: aaf(guardians.map(key => guardian(key))),
    [named('PersEducNat')]: aaf([teacher('900')]),
  }
}
