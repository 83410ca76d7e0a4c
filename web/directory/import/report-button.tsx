import { useState } from 'react'
import { directoryContract } from '../../../shared/directory/contract.ts'
import type { ChangedPerson, ImportPage } from '../../../shared/directory/imports.ts'
import type { Page } from '../../../shared/kernel/page.ts'
import { ok, type Result } from '../../../shared/kernel/result.ts'
import { call, useMe } from '../../platform/api.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useDates } from '../../platform/dates.ts'
import type { Failure } from '../../platform/failure.ts'
import { useFailureWords } from '../../platform/failure-words.ts'
import { saveFile } from '../../platform/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { FieldError } from '../../ui/field.tsx'
import { texts as ofReasons } from './reason-texts.ts'
import { type Everybody, reportOf } from './report.ts'
import { texts } from './texts.ts'

/** All people whom an import changed, page by page. */
const readEverybody = async (uai: string, { id, changes }: ImportPage): Promise<Result<Everybody, Failure>> => {
  const found = new Map<ImportPage['changes'][number]['kind'], ChangedPerson[]>()
  for (const { kind } of changes) {
    const people: ChangedPerson[] = []
    for (let cursor: string | undefined; ; ) {
      const page: Result<Page<ChangedPerson>, Failure> = await call(directoryContract.routes.importPeople, {
        params: { uai, import: id },
        query: { kind, ...(cursor !== undefined && { cursor }) },
      })
      if (!page.ok) return page
      people.push(...page.value.items)
      cursor = page.value.next
      if (cursor === undefined) break
    }
    found.set(kind, people)
  }
  return ok(found)
}

/** Downloads the whole report of an import, as text. */
export const ReportButton = ({ page, uai }: { readonly page: ImportPage; readonly uai: string }) => {
  const t = useTexts(texts, ofReasons)
  const dates = useDates()
  const why = useFailureWords()
  const me = useMe()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const onSave = async () => {
    setBusy(true)
    setFailure(undefined)
    const everybody = await readEverybody(uai, page)
    setBusy(false)
    if (!everybody.ok) return setFailure(everybody.problem)
    const school = me.schools.find(one => one.uai === uai)?.name ?? uai
    const name = t('directory.import.report.file', { date: page.at.slice(0, 10) })
    saveFile(name, reportOf(t, dates, { school, page, everybody: everybody.value }), 'text/plain')
  }
  return (
    <>
      <Button icon="download" busy={busy} onClick={() => void onSave()}>
        {t('directory.import.report')}
      </Button>
      {failure && (
        <div role="alert">
          <FieldError>{why(failure)}</FieldError>
        </div>
      )}
    </>
  )
}
