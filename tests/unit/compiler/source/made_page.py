"""Web pages in the shapes that government sites have; the report in them is invented."""

from __future__ import annotations

from collections.abc import Sequence

REPORT = (
    "政府工作报告",
    "——2026年1月15日在临江市第九届人民代表大会第五次会议上",
    "临江市人民政府市长　周明",
    "各位代表：",
    "现在，我代表市人民政府，向大会报告工作，请予审议，并请市政协委员和列席人员提出意见。",
    "一、2025年工作回顾",
    "过去一年，全市上下同心协力，生产总值增长6.2%，一般公共预算收入增长5.1%，新增城镇就业1.2万人。",
    "（一）产业发展稳中有进。新开工亿元以上项目46个，规上工业增加值增长7.8%。",
    "二、2026年重点工作",
    "一是抓项目。开工建设北环路改造、城南水厂等重点项目30个，完成投资85亿元。",
    "时间紧、任务重，各级各部门要抓早动快，确保上半年开工率达到60%以上。",
    "三是惠民生。新建公办幼儿园4所，增加学位1200个；改造棚户区800户。",
    "各位代表！蓝图已经绘就，让我们真抓实干，为建设美丽临江而努力奋斗！",
    "名词解释",
    "1.一网通办：指企业和群众通过一个平台办理各类政务服务事项。",
)
NAVIGATION = "".join(
    f'<li><a href="/{at}.html">{word}</a></li>'
    for at, word in enumerate(("首页", "走进临江", "政务公开", "政务服务", "互动交流", "专题专栏"))
)
PLACE = '<div>您当前的位置：<a href="/">首页</a> &gt; <a href="/gk">政务公开</a> &gt; <a href="/gb">政府工作报告</a></div>'
ABOUT = (
    "<div><span>发布时间：2026-01-20 09:30</span> <span>来源：市政府办公室</span> <span>浏览次数：<em>1024</em></span>"
    '<span>字体：[<a href="javascript:;">大</a> <a href="javascript:;">中</a> <a href="javascript:;">小</a>]</span></div>'
)
BELOW = (
    '<div>分享到：<a class="wx">微信</a> <a class="wb">新浪微博</a></div>'
    '<div>【<a href="javascript:print()">打印本页</a>】【<a href="javascript:close()">关闭窗口</a>】</div>'
    '<p>上一篇：<a href="1.html">临江市人民政府2025年工作要点，共三十项任务</a></p><p>下一篇：<a href="2.html">没有了</a></p>'
)
RELATED = "<h3>相关阅读</h3><ul>" + "".join(
    f'<li><a href="/{at}.html">{title}</a><span>2026-01-1{at}</span></li>'
    for at, title in enumerate(("临江市召开经济工作会议，部署全年重点任务", "一图读懂：2026年政府工作报告", "市政府常务会议研究民生实事，强调抓好落实"))
) + "</ul>"  # fmt: skip
TEASERS = "".join(
    f'<div><a href="/{at}.html">临江新闻之{at}</a><p>近日，临江市召开会议，研究部署有关工作，会议强调，要抓好落实。</p></div>'
    for at in range(8)
)
TAIL = (
    "<div><p>主办单位：临江市人民政府办公室　承办单位：临江市大数据中心</p>"
    "<p>地址：临江市中心大道1号，邮编：430000，联系电话：0700-1234567，建议使用1024×768以上分辨率浏览本站</p>"
    '<p>网站标识码：4290000001 <a href="http://beian">鄂ICP备12345678号-1</a> 鄂公网安备 42900002000001号</p>'
    "<p>版权所有：临江市人民政府，未经许可，不得转载，违者依法追究责任。</p></div>"
)


def page(
    main: str, *, title: str = "2026年政府工作报告_政务公开_临江市人民政府门户网站", charset: str = "utf-8"
) -> str:
    """Put `main` into a page with navigation above and the licence below."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title><script>var a="<p>正文。</p>";</script>'
        f"<style>p{{line-height:2}}</style></head><body><ul>{NAVIGATION}</ul>{PLACE}{main}{TAIL}"
        '<script>document.write("统计，统计。")</script></body></html>'
    )


def paragraphs(lines: Sequence[str]) -> str:
    """Return each line as a paragraph with an indent of two ideographic spaces."""
    return "".join(f"<p>　　{line}</p>" for line in lines)


def word(line: str) -> str:
    """Return a paragraph as Word leaves it: in pieces, with styles."""
    return (
        f'<p class="MsoNormal" style="margin:0cm"><span style="font-family:仿宋_GB2312">{line[:5]}</span><span lang="EN-US">'
        f"{line[5:9]}<o:p></o:p></span><span>{line[9:]}</span></p>"
    )


PAGES = {
    "editor": page(
        "<h1>2026年政府工作报告</h1>" + ABOUT + '<div class="TRS_Editor"><style>.TRS_Editor P{}</style>'
        + "".join(f'<p style="text-indent:2em" align="justify">{line}</p>' for line in REPORT) + "</div>" + BELOW + RELATED
    ),
    "zoom": page(
        '<div class="title">临江市2026年政府工作报告</div>' + ABOUT + '<div id="zoom"><!--begin--><meta name="ContentStart"/>'
        + paragraphs(REPORT) + '<meta name="ContentEnd"/></div>' + BELOW + RELATED
    ),
    "breaks in a table": page(
        '<table width=1000><tr><td>2026年政府工作报告</td></tr><tr><td>' + ABOUT + "</td></tr><tr><td><font size=3>"
        + "<br>\n<br>\n".join("&nbsp;&nbsp;&nbsp; " + line for line in REPORT) + "</font></td></tr></table>" + BELOW + RELATED
    ),
    "layout tables": page(
        f"<table><tr><td width=200><ul>{NAVIGATION}</ul></td><td><table><tr><td><b>2026年政府工作报告</b></td></tr><tr><td>"
        + "".join(f"<div>　　{line}</div>" for line in REPORT) + "</td></tr><tr><td>" + BELOW + "</td></tr></table></td></tr></table>"
    ),
    "word": page("<h2>2026年政府工作报告</h2>" + ABOUT + "<div>" + "".join(map(word, REPORT)) + "</div>" + BELOW + RELATED),
    "two containers": page(
        "<div><div>" + paragraphs(REPORT[:12]) + "</div><hr><div>" + paragraphs(REPORT[12:]) + "</div></div>" + BELOW
    ),
    "bare text": page(ABOUT + "<br><br>　　".join(("", *REPORT)) + BELOW + RELATED),
    "teasers below": page("<div>" + paragraphs(REPORT) + "</div>" + TEASERS),
}  # fmt: skip
