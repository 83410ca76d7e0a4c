import { useState } from 'react'
import { useParams } from 'wouter'
import type { Me } from '../../../shared/session/contract.ts'
import { workContract } from '../../../shared/work/contract.ts'
import type { Assignment, HandIn } from '../../../shared/work/hand-in.ts'
import type { PieceSummary } from '../../../shared/work/shapes.ts'
import { useMe } from '../../platform/api.ts'
import { useBriefly } from '../../platform/briefly.ts'
import { useTexts } from '../../platform/catalogue.ts'
import { useSearch } from '../../platform/navigation.ts'
import { useWaiting } from '../../platform/outbox/device-outbox.ts'
import { read } from '../../platform/read.ts'
import { useRead } from '../../platform/reads.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ReadState } from '../../ui/read-state.tsx'
import { BackLink, Screen } from '../../ui/screen.tsx'
import { BoardCorrectionCard, CorrectionCard } from '../correction/correction-card.tsx'
import { type ReaderPiece, usePieces, useText } from '../data/pieces.ts'
import { useReceipts } from '../data/receipts.ts'
import { PlainText } from '../plain-text.tsx'
import { texts as shared } from '../texts.ts'
import { unscannedFor } from './files/unscanned.ts'
import styles from './hand-in.module.css'
import { unsentHandIns } from './handing-in.ts'
import { HandedInCard, ReceiptCard, Versions } from './receipt.tsx'
import { ReturnedCard } from './returned.tsx'
import { texts } from './texts.ts'
import { WaitingCard } from './waiting.tsx'
import { Due, Writing } from './writing.tsx'

/** Milliseconds between two requests, for somebody who looks. */
const interval = 60_000

/** An assignment for a pupil, or a guardian for a child: writing it, its receipt, what was given back. */
export const HandInScreen = () => {
  const t = useTexts(texts, shared)
  const { piece = '' } = useParams()
  const { of } = useSearch('/notebook/hand-in/:piece')
  const me = useMe()
  const pupil = of ?? me.person.id
  const query = useRead(read(workContract.routes.handIn, { params: { piece, pupil } }, { every: interval }))
  const known = usePieces(me).data?.find(({ id }) => id === piece)
  // The class's board may be there first, which does not tell what was handed in: nothing is offered to be written meanwhile.
  const isAwaited = useBriefly(query.isLoading)
  const about = query.data?.about ?? (isAwaited ? undefined : known)
  const child = me.children.find(({ id }) => id === of)
  const subtitle = [about?.title, about?.subject, child && t('work.handIn.for', { name: child.givenName })]
  return (
    <Screen
      title={t('work.handIn.title')}
      subtitle={subtitle.filter(Boolean).join(' · ') || t('work.title')}
      narrow
      back={<BackLink to="/notebook">{t('work.title')}</BackLink>}
    >
      {about ? (
        <HandingIn key={`${piece} ${pupil}`} me={me} pupil={pupil} about={about} known={known} read={query.data} />
      ) : (
        <>
          <UnsentCards piece={piece} pupil={pupil} />
          <ReadState query={query}>{() => null}</ReadState>
        </>
      )}
    </Screen>
  )
}

type UnsentProps = {
  readonly piece: string
  readonly pupil: string
  readonly assignment?: Assignment | undefined
  readonly extendedUntil?: string | undefined
}

/** What was handed in here and has not arrived: also of an assignment that is not there any more. */
const UnsentCards = ({ piece, pupil, ...of }: UnsentProps) =>
  unsentHandIns(useWaiting(), { piece, pupil }).map(one => (
    <WaitingCard key={one.input.params.version} of={one} {...of} />
  ))

type HandingInProps = {
  readonly me: Me
  readonly pupil: string
  readonly about: PieceSummary
  readonly known: ReaderPiece | undefined
  /** As it was read last; undefined where it never was. */
  readonly read: HandIn | undefined
}

const HandingIn = ({ me, pupil, about, known, read }: HandingInProps) => {
  const t = useTexts(texts, shared)
  const [isWriting, setWriting] = useState(false)
  const { text } = useText(known)
  const unsent = unsentHandIns(useWaiting(), { piece: about.id, pupil })
  const kept = useReceipts(me.person.id).filter(one => one.piece === about.id && one.pupil === pupil)
  const receipts = [...(read?.versions ?? []), ...kept]
  const [receipt] = receipts.sort((a, b) => (a.at < b.at ? 1 : -1))
  const isHandedIn = receipt !== undefined || unsent.length > 0 || read?.at !== undefined
  const { assignment } = about
  if (isWriting || !isHandedIn)
    return (
      <div className={styles.screen}>
        {assignment && <Due of={assignment} extendedUntil={read?.extendedUntil} />}
        {text !== undefined && <PlainText text={text} />}
        <Writing
          me={me}
          piece={about.id}
          title={about.title}
          pupil={pupil}
          start={read?.versions[0]}
          onDone={() => setWriting(false)}
        />
      </div>
    )
  const isReturned = read?.returned !== undefined
  const unscanned = unscannedFor(me.person.id, about.id, pupil)
  return (
    <div className={styles.screen}>
      {read?.returned && (
        <ReturnedCard
          of={read.returned}
          handIn={read}
          isNewer={read.state !== 'returned'}
          isPupil={pupil === me.person.id}
          unscanned={unscanned}
        />
      )}
      {read?.correction ? (
        <CorrectionCard of={read.correction} />
      ) : (
        known && !read && <BoardCorrectionCard piece={known} />
      )}
      <UnsentCards piece={about.id} pupil={pupil} assignment={assignment} extendedUntil={read?.extendedUntil} />
      {receipt && unsent.length === 0 && <ReceiptCard of={receipt} teacher={about.author.name} />}
      {!receipt && unsent.length === 0 && read?.at !== undefined && <HandedInCard at={read.at} />}
      {read && read.versions.length > 0 && <Versions of={read} unscanned={unscanned} />}
      {!isReturned && <p className={styles.soft}>{t('work.handIn.mayReplace')}</p>}
      <p className={styles.acts}>
        <Button onClick={() => setWriting(true)}>
          {t(isReturned ? 'work.handIn.onceMore' : 'work.handIn.replace')}
        </Button>
        <LinkButton variant="primary" to="/notebook">
          {t('work.handIn.backToWork')}
        </LinkButton>
      </p>
    </div>
  )
}
