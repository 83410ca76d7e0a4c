import { decodeHTMLStrict } from 'entities/decode'
import { type SaxesAttributePlain, SaxesParser } from 'saxes'

/** A record as the feed says it. `changes` holds the attributes of an add, or the replacements of a modify. */
export type AafRecord = {
  readonly category: string
  readonly id: string
  readonly changes: ReadonlyMap<string, readonly string[]>
}

/** Looked up in the standard's table, by name; undefined for a name that is in none. */
const htmlEntities = new Proxy<Record<string, string>>(
  {},
  {
    get: (_, name) => {
      const reference = `&${String(name)};`
      const text = decodeHTMLStrict(reference)
      return text === reference ? undefined : text
    },
  },
)

type State = {
  category: string
  id: string
  changes: Map<string, string[]>
  head: boolean
  attribute: string | undefined
  text: string | undefined
  closed: boolean
}

const fresh = (): State => ({
  category: '',
  id: '',
  changes: new Map(),
  head: false,
  attribute: undefined,
  text: undefined,
  closed: false,
})

/**
 * Parses records one after another with one saxes parser in fragment mode. There is no DTD; entities are those of HTML
 * (`&eacute;`), which exports of school software hold, and character references. Throws an Error that says what the record is refused for; the next record is parsed anew.
 */
export class RecordParser {
  #parser: SaxesParser<{ fragment: true; position: false }> | undefined
  #state = fresh()

  parse(text: string): AafRecord {
    this.#state = fresh()
    try {
      this.#parser ??= this.#open()
      this.#parser.write(text)
    } catch (error) {
      this.#parser = undefined
      throw error
    }
    const { category, id, changes, closed } = this.#state
    if (!closed) {
      // Such as `&` without `;`, in which a parser waits on: it would swallow the next record.
      this.#parser = undefined
      throw new Error('the record is not well formed: it ends within a reference, a tag or a comment')
    }
    return { category, id: id.trim(), changes }
  }

  #open() {
    const parser = new SaxesParser({ fragment: true, position: false })
    parser.ENTITIES = htmlEntities
    parser.on('error', error => {
      throw new Error(`the record is not well formed: ${error.message.replace(/^[\d:]+ /, '')}`)
    })
    parser.on('opentag', ({ name, attributes }) => this.#opened(name, attributes))
    parser.on('closetag', ({ name }) => this.#closed(name))
    const text = (more: string) => {
      if (this.#state.text !== undefined) this.#state.text += more
    }
    parser.on('text', text)
    parser.on('cdata', text)
    return parser
  }

  #opened(name: string, attributes: Record<string, SaxesAttributePlain | string>) {
    const state = this.#state
    if (name === 'operationalAttributes') state.head = true
    if (name === 'value' || name === 'id') state.text = ''
    if (name !== 'attr' && name !== 'modification') return
    const attributeOf = (attribute: string) => {
      const given = attributes[attribute]
      return typeof given === 'string' ? given : given?.value
    }
    state.attribute = attributeOf('name')
    const operation = attributeOf('operation') ?? 'replace'
    if (operation !== 'replace') throw new Error(`the operation ${operation} is not known`)
    if (!state.head && state.attribute && !state.changes.has(state.attribute)) state.changes.set(state.attribute, [])
  }

  #closed(name: string) {
    const state = this.#state
    if (name === 'operationalAttributes') state.head = false
    if (name.endsWith('Request')) state.closed = true
    if (name === 'attr' || name === 'modification') state.attribute = undefined
    if (name === 'id') state.id = state.text ?? ''
    if (name === 'value' && state.attribute) this.#value(state.attribute, (state.text ?? '').trim())
    if (name === 'value' || name === 'id') state.text = undefined
  }

  #value(attribute: string, value: string) {
    if (value === '') return
    if (!this.#state.head) this.#state.changes.get(attribute)?.push(value)
    else if (attribute.startsWith('categorie')) this.#state.category = value
  }
}
