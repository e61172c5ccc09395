import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Modal, Spin, Typography, Upload } from 'antd'
import { useState } from 'react'
import type { RosterPreview } from '../../../../src/http/shapes/roster.ts'
import { ApiError } from '../../lib/api.ts'
import { rereadAll } from '../../lib/query.ts'
import { Refused } from './change.tsx'
import { bodyOf, client } from './client.ts'

const send = (file: File, write?: number) =>
  bodyOf<RosterPreview>(
    client.roster.file.$post({ form: { file, ...(write !== undefined && { write: String(write) }) } }),
  )

const Difference = ({ preview }: { preview: RosterPreview }) => (
  <>
    <Typography.Paragraph>
      新增 {preview.added}，变更 {preview.changed}，文件中没有 {preview.gone}（保留不动）
    </Typography.Paragraph>
    <ul style={{ maxHeight: 320, overflow: 'auto', paddingLeft: 18 }}>
      {preview.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
    {preview.successions.map((lines) => (
      <Alert
        key={lines[0]}
        type="warning"
        style={{ marginTop: 8 }}
        title={lines.map((line) => <div key={line}>{line}</div>)}
      />
    ))}
  </>
)

/** A roster file: what it would change is shown first, and only that is written. */
export const ImportFile = () => {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const [file, setFile] = useState<File>()
  const [preview, setPreview] = useState<RosterPreview>()
  const close = () => {
    setFile(undefined)
    setPreview(undefined)
    look.reset()
    write.reset()
  }
  const look = useMutation({ mutationFn: (chosen: File) => send(chosen), onSuccess: setPreview })
  const write = useMutation({
    mutationFn: ({ chosen, version }: { chosen: File; version: number }) => send(chosen, version),
    onSuccess: async () => {
      void message.success('通讯录已导入')
      close()
      await rereadAll(queries)
    },
  })
  const choose = (chosen: File) => {
    setFile(chosen)
    look.mutate(chosen)
    return false
  }
  const nothing = preview && preview.added + preview.changed + preview.successions.length === 0
  return (
    <>
      <Upload accept=".xlsx,.json" showUploadList={false} beforeUpload={choose}>
        <Button>导入通讯录</Button>
      </Upload>
      <Modal
        open={file !== undefined}
        title={`导入 ${file?.name ?? ''}`}
        okText="确认导入"
        okButtonProps={{ disabled: !preview || nothing === true }}
        confirmLoading={write.isPending}
        onCancel={close}
        onOk={() => file && preview && write.mutate({ chosen: file, version: preview.version })}
      >
        <Refused
          error={look.error ?? write.error}
          take={(now) => {
            if (write.error instanceof ApiError) setPreview(now as RosterPreview)
            write.reset()
          }}
        />
        {look.isPending && <Spin />}
        {preview && <Difference preview={preview} />}
      </Modal>
    </>
  )
}
