import { townPlan } from './plan.ts'

/** The town's plan with what it lacks for the office's own commands: a count, events, a class without members. */
export const longPlan = townPlan.replace(
  '三、保障措施',
  `5. 推进政策解读。全年召开政策解读新闻发布会不少于3次（市统计局）。突发事件发生后24小时内发布权威信息（市环保局）。各部门规章出台后20日内公布解读材料（市审计局、市教育局）。

6. 推进信用信息公开。2017年9月30日前公开信用信息目录（各国有企业）。

三、保障措施`,
)
