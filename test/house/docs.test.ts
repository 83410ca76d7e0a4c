import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../lib/platform/root.ts'

const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: root })]
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')

/** Files and folders of the project that a text names, patterns left out. */
const named = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w/<.-])(?:bin|lib|functions|shared|web|test|docs)\/[\w./-]*(?![\w*<{-])/g)].map(([path]) =>
    path.replace(/[./]+$/, ''),
  )

describe('docs', () => {
  it.each(documents)('%s names files and folders that are there', path => {
    expect(named(textOf(path)).filter(one => !existsSync(join(root, one)))).toEqual([])
  })

  it.each(documents)('%s links to documents that are there', path => {
    const links = [...textOf(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link ?? '')
    expect(links.filter(link => !existsSync(join(root, dirname(path), link)))).toEqual([])
  })

  it('has decisions numbered without a gap, in one form', () => {
    const decisions = documents.filter(path => path.startsWith('docs/decisions/')).sort()
    for (const [index, path] of decisions.entries()) {
      expect(path).toContain(`/${String(index + 1).padStart(4, '0')}-`)
      const headings = [...textOf(path).matchAll(/^##? .*/gm)].map(([heading]) => heading)
      expect(headings, path).toEqual([
        `# ${index + 1}. ${headings[0]?.split('. ')[1]}`,
        '## Context',
        '## Decision',
        '## Consequences',
      ])
      expect(textOf(path), path).toMatch(/^# .+\n\n20\d\d-\d\d-\d\d\. (Accepted|Replaced by \[decision \d+\].*)\.\n/)
    }
  })
})

describe('comments', () => {
  it('name documents that are there', () => {
    const sources = globSync('{bin,lib,functions,shared,web,test}/**/*.{ts,tsx,js}', { cwd: root })
    const missing = sources.flatMap(path =>
      [...textOf(path).matchAll(/docs\/[\w./-]+\.md/g)].map(([one]) => one).filter(one => !existsSync(join(root, one))),
    )
    expect(missing).toEqual([])
  })
})
