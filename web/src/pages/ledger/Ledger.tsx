import { CopyOutlined, DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Empty, Flex, Grid, Spin, Typography } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { PRINTED } from '../../../../src/http/shapes/ledger.ts'
import type { LedgerRow } from '../../../../src/model/ledger.ts'
import { isOffice } from '../../../../src/model/person.ts'
import { useMe } from '../../lib/me.tsx'
import { saveFile } from '../../lib/save.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { lookOf, readRows, readWorkbook, usePage } from './client.ts'
import { ColumnChoice, useColumns } from './columns.tsx'
import { Filters } from './Filters.tsx'
import './ledger.css'
import { PrintedTable, RowCards, RowTable } from './Rows.tsx'

/** The clipboard of pages without TLS is the old one. */
const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    document.body.append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    return done
  }
}

const usePrint = (look: Record<string, string>) => {
  const [rows, setRows] = useState<LedgerRow[]>()
  useEffect(() => {
    if (!rows) return
    const drop = () => setRows(undefined)
    window.addEventListener('afterprint', drop)
    window.print()
    return () => window.removeEventListener('afterprint', drop)
  }, [rows])
  const print = useMutation({ mutationFn: () => readRows(look, PRINTED), onSuccess: setRows })
  return { rows, print }
}

export default function Ledger() {
  const me = useMe()
  const { message } = App.useApp()
  const wide = Grid.useBreakpoint().md ?? true
  const [params, setParams] = useSearchParams()
  const [columns, setColumns] = useColumns()
  const look = lookOf(params)
  const page = Math.max(1, Math.floor(Number(params.get('page')) || 1))
  const first = usePage(look, 0)
  const { rows: printed, print } = usePrint(look)
  const file = useMutation({ mutationFn: () => readWorkbook(look, columns), onSuccess: saveFile })
  const failed = print.error ?? file.error
  useEffect(() => {
    if (failed) void message.error(failed.message)
  }, [failed, message])

  const change = useCallback(
    (what: Record<string, string>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [key, value] of Object.entries(what)) {
            if (value) next.set(key, value)
            else next.delete(key)
          }
          if (!('page' in what)) next.delete('page')
          return next
        },
        { replace: 'page' in what },
      ),
    [setParams],
  )
  const onPage = useCallback((n: number) => change({ page: n > 1 ? String(n) : '' }), [change])
  const onSort = useCallback((sort: string) => change({ sort }), [change])
  const copyLink = async () => {
    if (await copy(window.location.href)) void message.success('已复制链接')
    else void message.warning('浏览器不让复制：请从地址栏复制')
  }

  const { data, error } = first
  const total = data?.total ?? 0
  const list = { look, total, page, onPage }
  return (
    <div className="ledger">
      <PageTitle title="台账" {...(data && { asOf: data.asOf })}>
        {wide && <ColumnChoice columns={columns} onChange={setColumns} />}
        <Button icon={<CopyOutlined />} onClick={() => void copyLink()}>
          复制链接
        </Button>
        {wide && (
          <Button
            icon={<PrinterOutlined />}
            loading={print.isPending}
            disabled={total === 0}
            onClick={() => print.mutate()}
          >
            打印
          </Button>
        )}
        {isOffice(me.person) && (
          <Button type="primary" icon={<DownloadOutlined />} loading={file.isPending} onClick={() => file.mutate()}>
            导出 Excel
          </Button>
        )}
      </PageTitle>
      <Filters look={look} onChange={change} />
      {error && !data ? (
        <Fault error={error} again={() => void first.refetch()} />
      ) : !data ? (
        <Spin style={{ display: 'block', marginTop: 48 }} />
      ) : (
        <>
          <Flex gap={12} align="baseline" className="ledger-total">
            <Typography.Text aria-live="polite">共 {total} 项</Typography.Text>
            {error && <Typography.Text type="danger">{error.message}</Typography.Text>}
            {printed && total > PRINTED && <Typography.Text>只打印前 {PRINTED} 项</Typography.Text>}
          </Flex>
          {total === 0 ? (
            <Empty description="没有符合条件的任务" />
          ) : (
            <div className={printed && 'no-print'}>
              {!printed && <p className="ledger-cut">只打印了当前可见的行：要全部打印，请用页面上的“打印”按钮。</p>}
              {wide ? (
                <RowTable key={JSON.stringify(look)} {...list} columns={columns} onSort={onSort} />
              ) : (
                <RowCards key={JSON.stringify(look)} {...list} />
              )}
            </div>
          )}
          {printed && <PrintedTable rows={printed} columns={columns} />}
        </>
      )}
    </div>
  )
}
