import { Alert, Button, Flex, Input, Typography } from 'antd'
import { useState } from 'react'
import type { AnnualPage } from '../../../../src/http/shapes/annual.ts'
import { useEnter } from './client.ts'

type Section = AnnualPage['parts'][number]['sections'][number]

const Own = ({ page, section }: { page: AnnualPage; section: Section }) => {
  const enter = useEnter()
  const [typed, setTyped] = useState(section.own)
  const label = `${section.title || '本部分'}的文字`
  return (
    <Flex vertical gap={8}>
      <Input.TextArea
        aria-label={label}
        autoSize={{ minRows: 2, maxRows: 12 }}
        maxLength={20_000}
        value={typed}
        placeholder={section.ask}
        onChange={({ target }) => setTyped(target.value)}
      />
      {enter.error && <Alert type="error" role="alert" showIcon title={enter.error.message} />}
      <div>
        <Button
          disabled={typed === section.own}
          loading={enter.isPending}
          onClick={() =>
            enter.mutate({ year: page.year, version: page.version, form: page.form, texts: { [section.id]: typed } })
          }
        >
          保存文字
        </Button>
      </div>
    </Flex>
  )
}

/** The text parts: what the figures say stands, the office's own words follow it. */
export const Texts = ({ page }: { page: AnnualPage }) => (
  <>
    {page.parts.map(({ title, sections }) => (
      <section key={title} aria-label={title} className="annual-part">
        <h2 className="annual-title">{title}</h2>
        {sections.length === 0 && <Typography.Text type="secondary">见表格。</Typography.Text>}
        {sections.map((section) => (
          <div key={section.id} className="annual-section">
            {section.title && <h3>{section.title}</h3>}
            {section.said.map((line) => (
              <p key={line}>{line}</p>
            ))}
            {section.blank && <p className="annual-blank">{section.blank}</p>}
            {page.may ? <Own key={section.own} page={page} section={section} /> : <p>{section.own}</p>}
          </div>
        ))}
      </section>
    ))}
  </>
)
