import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Descriptions, Flex, Spin, Tag, Typography } from 'antd'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { PaperPage } from '../../../../src/http/shapes/papers.ts'
import { markOf, needsSignature, paperStateWords, paperWords } from '../../../../src/model/paper.ts'
import { useMe } from '../../lib/me.tsx'
import { momentWords } from '../../lib/moments.ts'
import { saveFile } from '../../lib/save.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { bodyOf } from '../roster/client.ts'
import { Blocks } from './Blocks.tsx'
import { papersClient, stateColour } from './client.ts'
import { Deeds } from './Deeds.tsx'
import './papers.css'
import { Rectifications } from './Rectifications.tsx'

const one = papersClient.papers[':id']

const head = (page: PaperPage): [string, ReactNode][] => {
  const all: [string, ReactNode][] = [
    ['种类', paperWords[page.kind]],
    [
      '状态',
      <Tag key="state" color={stateColour[page.state]}>
        {paperStateWords[page.state]}
      </Tag>,
    ],
    ['时段', page.from && page.to ? `${page.from} 至 ${page.to}` : ''],
    ['数据截至', page.content.asOf],
    ['文号', page.number],
    ['签发', page.signedOn ? `${page.signer} ${page.signedOn}` : ''],
    ['推送', page.issuedOn ?? ''],
    ['点名的单位', page.unitNames.join('、')],
  ]
  return all.filter(([, value]) => value !== '')
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section style={{ marginTop: 24 }} className="no-print">
    <Typography.Title level={2} style={{ fontSize: 17 }}>
      {title}
    </Typography.Title>
    {children}
  </section>
)

/** One paper: what it says, how far it is, and what can be done to it. */
export default function Paper() {
  const { id = '' } = useParams()
  const { zone } = useMe()
  const paper = useQuery({
    queryKey: ['papers', 'one', id],
    queryFn: () => bodyOf<PaperPage>(one.$get({ param: { id } })),
  })
  const take = useMutation({ mutationFn: async () => saveFile(await one.docx.$get({ param: { id } })) })
  if (paper.error) return <Fault error={paper.error} again={() => void paper.refetch()} />
  if (!paper.data) return <Spin />
  const page = paper.data
  return (
    <>
      <PageTitle title={page.title}>
        <Link to="/papers">全部文书</Link>
        <Button onClick={() => take.mutate()} loading={take.isPending}>
          下载 Word
        </Button>
        <Deeds page={page} />
      </PageTitle>
      {take.error && <Alert type="error" showIcon title={take.error.message} style={{ marginBottom: 12 }} />}
      {needsSignature(page.kind) && (page.state === 'draft' || page.state === 'pending') && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title="没有签发：不得印发，不发给任何单位。聊天里的“同意”不算签发"
        />
      )}
      {page.content.remarks.map((remark) => (
        <Alert key={remark} type="info" showIcon style={{ marginBottom: 12 }} title={remark} />
      ))}
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, md: 2 }}
        style={{ marginBottom: 16 }}
        items={head(page).map(([label, children]) => ({ key: label, label, children }))}
      />
      <Blocks paper={page.content} mark={markOf(page.kind, page.state)} />
      {page.rectifications.length > 0 && (
        <Section title="开出的整改">
          <Rectifications rows={page.rectifications} />
        </Section>
      )}
      {page.talks.length > 0 && (
        <Section title="点名单位的约谈">
          {page.talks.map((talk) => (
            <p key={talk}>{talk}</p>
          ))}
        </Section>
      )}
      {page.history.length > 0 && (
        <Section title="经过">
          <Flex vertical gap={4}>
            {page.history.map(({ what, who, at, words }) => (
              <span key={`${at} ${what}`}>
                {momentWords(at, zone)} {what}
                {words && `：${words}`} <Typography.Text type="secondary">{who}</Typography.Text>
              </span>
            ))}
          </Flex>
        </Section>
      )}
    </>
  )
}
