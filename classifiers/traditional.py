"""Traditional characters, as RapidOCR now and then gives them, and the simplified ones that rules are written in.

Only those that titles, labels and marks are made of; names of people stay as they stand on the paper.
"""

from __future__ import annotations

_PAIRS = """
書书 證证 權权 產产 産产 動动 決决 訴诉 狀状 執执 調调 協协 議议 認认 購购 買买 賣卖 約约 簽签 訂订 補补 條条 單单 報报 維维
驗验 樓楼 層层 號号 戶户 業业 務务 資资 繳缴 稅税 據据 發发 傳传 應应 審审 級级 員员 記记 錄录 師师 託托 辦办 領领 轉转
讓让 贈赠 與与 繼继 遺遗 囑嘱 離离 結结 關关 係系 屬属 親亲 監监 護护 擔担 貸贷 銀银 帳账 賬账 額额 價价 總总 計计 積积
測测 繪绘 圖图 複复 復复 檢检 鑑鉴 鑒鉴 質质 賠赔 償偿 損损 壞坏 滲渗 裝装 開开 門门 電电 氣气 話话 處处 長长 東东 國国
華华 區区 縣县 鎮镇 鄉乡 場场 廣广 園园 參参 會会 紀纪 聞闻 聲声 請请 規规 則则 節节 範范 圍围 責责 須须 頁页 時时 間间
將将 來来 為为 從从 個个 們们 這这 對对 無无 後后 義义 願愿 雙双 預预 現现 備备 註注 銷销 變变 換换 終终 濟济 續续 費费
納纳 滯滞 罰罚 團团 優优 點点 標标 準准 選选 擇择 經经 細细 錢钱 餘余 還还 歸归 檔档 類类 別别 設设 線线 試试 擬拟 當当
強强 製制 凍冻 劃划 評评 債债 誠诚 臨临 絕绝 機机 內内 啟启 啓启 貳贰 陸陆 萬万 億亿 圓圆 歲岁 遷迁 婦妇 獨独 養养 職职
聯联 絡络 訊讯 稱称 簡简 歷历 學学 專专 術术 筆笔 詢询 問问 釋释 頒颁 撥拨 險险 車车 輛辆 駛驶 駕驾 頂顶 牆墙 貼贴 塊块 頭头 黃黄 憑凭
"""

SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
"""For `str.translate`: one character for one, so that places in the text stay."""
