package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"cotejo/claims"
	"cotejo/claims/ingest"
	"cotejo/claims/workflow"
)

// Bounds of request bodies, in bytes: a form, a sign-in that carries one, an
// article with the parts around it, and the largest file that a desk may allow.
const (
	formBound    = 1 << 20
	loginBound   = 2 * formBound
	articleBound = ingest.MaxBytes + formBound
	importBound  = 3*workflow.MaxChanges + formBound // letters of other scripts travel as three signs a byte
	fileBound    = workflow.MostFile<<20 + formBound
)

// access says who may call a route. It is data, so that a test can walk all
// routes as nobody and as each role.
type access struct {
	kind accessKind
	act  claims.Act // for accessDesk and accessAPI: what policy is asked
}

type accessKind string

const (
	accessPublic  accessKind = "public"  // everybody; no cookie is read or set
	accessVisitor accessKind = "visitor" // everybody; the session is read where there is one
	accessDesk    accessKind = "desk"    // people signed in whose role may do act
	accessAPI     accessKind = "api"     // bearer tokens; workflow asks policy
)

var (
	public  = access{kind: accessPublic}
	visitor = access{kind: accessVisitor}
)

func desk(act claims.Act) access { return access{kind: accessDesk, act: act} }

// route is one line of the product's index.
type route struct {
	method  string
	path    string
	access  access
	handler echo.HandlerFunc
	bound   int64 // of the body, in bytes; formBound where 0
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes is the product's index; the JSON API's stands in api.go.
func (s *Server) routes() []route {
	all := s.topicRoutes()
	for _, group := range [][]route{s.publicRoutes(), s.sessionRoutes(), s.deskRoutes(), s.coverRoutes(), s.changeRoutes(), s.feedRoutes(), s.claimRoutes(), s.reportRoutes(), s.sourceRoutes(), s.adminRoutes(), s.exportRoutes(), s.publicExportRoutes(), s.operationRoutes(), s.developerRoutes(), s.shellRoutes()} {
		all = append(all, group...)
	}
	return all
}

func (s *Server) publicRoutes() []route {
	return []route{
		{get, "/public", public, s.publicList, 0},
		{get, "/c/:id", public, s.publicClaim, 0}, // ID, ID@N, and these with .json, .png; ID@N.proof.json
		{get, "/c/:id/embed", public, s.publicEmbed, 0},
		{get, "/embed.js", public, s.embedScript, 0},
		{get, "/oembed", public, s.oEmbedShow, 0},
		{get, "/c/:id/report", public, s.reportShow, 0},
		{post, "/c/:id/report", public, s.reportSubmit, 0},
		{get, "/methodology", public, s.methodologyShow, 0},
		{get, "/methodology/:language", public, s.methodologyShow, 0},
		{get, "/corrections", public, s.correctionList, 0},
		{get, "/corrections.atom", public, s.correctionAtom, 0},
		{get, "/feed.atom", public, s.verdictAtom, 0},
		{get, "/feed.json", public, s.verdictJSONFeed, 0},
		{get, "/claimreview.json", public, s.reviewFeed, 0},
		{get, "/claimreview/:file", public, s.reviewFeedOfMonth, 0}, // 2026-11.json
		{get, "/sitemap.xml", public, s.sitemap, 0},
		{get, "/sitemap/:file", public, s.sitemapPart, 0}, // where there is too much for one
		{get, "/robots.txt", public, s.robotsText, 0},
		{get, "/log/checkpoint", public, s.logCheckpoint, 0},
		{get, "/log/key", public, s.logKey, 0},
		{get, "/checks", public, s.publicChecks, 0},
		{get, "/checks/:slug", public, s.publicCheck, 0},
		{get, "/checks/:slug/images/:sha256", public, s.checkImagePublic, 0},
		{get, "/assets/*", public, s.assetShow, 0},
		{get, "/api/openapi.json", public, s.openAPIShow, 0},
	}
}

func (s *Server) sessionRoutes() []route {
	return []route{
		{get, "/login", visitor, s.loginShow, 0},
		{post, "/login", visitor, s.loginSubmit, loginBound},
		{get, "/login/code", visitor, s.codeShow, 0},
		{post, "/login/code", visitor, s.codeSubmit, loginBound},
		{get, "/login/oidc", visitor, s.oidcBegin, 0},
		{get, OIDCCallback, visitor, s.oidcCallback, 0},
		{get, "/invite/:token", visitor, s.inviteShow, 0},
		{post, "/invite/:token", visitor, s.inviteAccept, 0},
		{get, "/logout", visitor, s.logoutShow, 0},
		{post, "/logout", visitor, s.logoutSubmit, 0},
		{get, "/setup", visitor, s.setupShow, 0},
		{post, "/setup", visitor, s.setupSubmit, 0},
	}
}

func (s *Server) deskRoutes() []route {
	return []route{
		{get, "/", desk(claims.ActLook), s.deskShow, 0},

		{get, "/articles", desk(claims.ActLook), s.articleList, 0},
		{get, "/articles/bookmarklet", desk(claims.ActArticleAdd), s.bookmarkletShow, 0},
		{get, "/articles/new", desk(claims.ActArticleAdd), s.articleNew, 0},
		{post, "/articles/new", desk(claims.ActArticleAdd), s.articleCreate, articleBound},
		{get, "/articles/:id", desk(claims.ActLook), s.articleShow, 0},
		{get, "/articles/:id/print", desk(claims.ActLook), s.articlePrint, 0},
		{get, "/articles/:id/edit", desk(claims.ActArticleEdit), s.articleEdit, 0},
		{post, "/articles/:id/edit", desk(claims.ActArticleEdit), s.articleUpdate, 0},
		{get, "/articles/:id/readers", desk(claims.ActArticleRestrict), s.articleReaders, 0},
		{post, "/articles/:id/readers", desk(claims.ActArticleRestrict), s.articleRestrict, 0},
		{post, "/articles/:id/copy", desk(claims.ActArticleEdit), s.articleCopy, 0},
		{post, "/articles/:id/archive", desk(claims.ActArchive), s.articleArchive, 0},
		{get, "/articles/:id/warc", desk(claims.ActExport), s.articleWARC, 0},
		{get, "/articles/:id/snapshots/:n/warc", desk(claims.ActExport), s.articleWARC, 0},
		{get, "/articles/:id/erase", desk(claims.ActErase), s.articleErasePage, 0},
		{post, "/articles/:id/erase", desk(claims.ActErase), s.articleEraseWhole, 0},
		{post, "/articles/:id/refetch", desk(claims.ActArticleAdd), s.articleRefetch, 0},
		{post, "/articles/:id/suggest", desk(claims.ActArticleAdd), s.articleSuggest, 0},
		{post, "/articles/:id/claims", desk(claims.ActClaimSuggest), s.claimAdd, 0},
		{post, "/articles/:id/snapshots/:n/erase", desk(claims.ActErase), s.articleErase, 0},

		{get, "/desk/checks", desk(claims.ActLook), s.checkList, 0},
		{get, "/checks/new", desk(claims.ActCheckWrite), s.checkNew, 0},
		{post, "/checks/new", desk(claims.ActCheckWrite), s.checkCreate, 0},
		{get, "/checks/:slug/edit", desk(claims.ActLook), s.checkEdit, 0},
		{post, "/checks/:slug/edit", desk(claims.ActCheckWrite), s.checkUpdate, 0},
		{get, "/checks/:slug/preview", desk(claims.ActLook), s.checkPreview, 0},
		{post, "/checks/:slug/move", desk(claims.ActLook), s.checkMove, 0}, // policy goes by the move
		{post, "/checks/:slug/image", desk(claims.ActCheckWrite), s.checkImageSet, fileBound},
		{get, "/checks/:slug/draft-images/:sha256", desk(claims.ActLook), s.checkImageDraft, 0},
		{post, "/checks/:slug/schedule", desk(claims.ActCheckPublish), s.checkSchedule, 0},
		{post, "/desk/checks/preview", desk(claims.ActCheckWrite), s.checkLook, 0},
		{get, "/desk/checks/claims", desk(claims.ActCheckWrite), s.checkFind, 0},
		{post, "/schedules/:sid/cancel", desk(claims.ActCheckPublish), s.scheduleCancel, 0},

		{get, "/jobs", desk(claims.ActLook), s.jobList, 0},
		{get, "/jobs/:id", desk(claims.ActLook), s.jobShow, 0},
		{post, "/jobs/:id/stop", desk(claims.ActJobSteer), s.jobStop, 0},
		{post, "/jobs/:id/retry", desk(claims.ActJobSteer), s.jobRetry, 0},

		{get, "/inbox", desk(claims.ActLook), s.inboxShow, 0},
		{post, "/inbox/read", desk(claims.ActAccount), s.inboxRead, 0},

		{get, "/history", desk(claims.ActHistory), s.historyShow, 0},
		{post, "/events/:id/undo", desk(claims.ActLook), s.eventUndo, 0}, // policy goes by the act
		{get, "/live", desk(claims.ActLook), s.liveShow, 0},
		{get, "/go", desk(claims.ActLook), s.goTo, 0},
		{get, "/search", desk(claims.ActLook), s.searchShow, 0},
		{get, "/help", desk(claims.ActLook), s.helpShow, 0},
		{get, "/help/:chapter", desk(claims.ActLook), s.helpChapter, 0},
		{get, "/help/img/:picture", desk(claims.ActLook), s.helpPicture, 0},
	}
}

// feedRoutes are what brings in many things.
func (s *Server) feedRoutes() []route {
	return []route{
		{get, "/import", desk(claims.ActArticleAdd), s.importShow, 0},
		{post, "/import", desk(claims.ActArticleAdd), s.importSubmit, importBound},
		{get, "/import/:id", desk(claims.ActLook), s.importDone, 0},

		{get, "/feeds", desk(claims.ActLook), s.feedList, 0},
		{get, "/feeds/new", desk(claims.ActFeed), s.feedNew, 0},
		{post, "/feeds/new", desk(claims.ActFeed), s.feedCreate, 0},
		{get, "/feeds/:id", desk(claims.ActLook), s.feedShow, 0},
		{get, "/feeds/:id/edit", desk(claims.ActFeed), s.feedEdit, 0},
		{post, "/feeds/:id/edit", desk(claims.ActFeed), s.feedUpdate, 0},
		{post, "/feeds/:id/look", desk(claims.ActFeed), s.feedLook, 0},
		{post, "/feeds/:id/pause", desk(claims.ActFeed), s.feedPause, 0},
		{post, "/feeds/:id/resume", desk(claims.ActFeed), s.feedResume, 0},
		{post, "/feeds/:fid/delete", desk(claims.ActFeed), s.feedDelete, 0},
	}
}

func (s *Server) claimRoutes() []route {
	return []route{
		{get, "/queue", desk(claims.ActClaimTake), s.queueShow, 0},
		{post, "/queue/take", desk(claims.ActClaimTake), s.queueTake, 0},
		{post, "/queue/:id/submit", desk(claims.ActClaimSubmit), s.queueSubmit, 0},

		{get, "/claims", desk(claims.ActLook), s.claimList, 0},
		{post, "/claims/filters", desk(claims.ActFilterSave), s.filterSave, 0},
		{post, "/claims/filters/:id/delete", desk(claims.ActFilterSave), s.filterDelete, 0},
		{post, "/claims/bulk", desk(claims.ActClaimTriage), s.claimBulk, 0},
		{get, "/claims/:id", desk(claims.ActLook), s.claimShow, 0},
		{post, "/claims/:id/edit", desk(claims.ActClaimEdit), s.claimUpdate, 0},
		{post, "/claims/:id/tie", desk(claims.ActClaimEdit), s.claimTie, 0},
		{post, "/claims/:id/move", desk(claims.ActLook), s.claimMove, 0}, // policy goes by the move
		{post, "/claims/:id/schedule", desk(claims.ActClaimPublish), s.claimSchedule, 0},
		{post, "/claims/:id/verdict", desk(claims.ActClaimJudge), s.claimJudge, 0},
		{post, "/claims/:id/triage", desk(claims.ActClaimTriage), s.claimTriage, 0},
		{get, "/claims/:id/evidence/new", desk(claims.ActEvidenceAdd), s.evidenceNew, 0},
		{post, "/claims/:id/evidence", desk(claims.ActEvidenceAdd), s.evidenceAdd, fileBound},
		{post, "/claims/:id/evidence/:eid", desk(claims.ActEvidenceAdd), s.evidenceEdit, fileBound},
		{post, "/claims/:id/evidence/:eid/copy", desk(claims.ActEvidenceAdd), s.evidenceCopy, 0},
		{post, "/claims/:id/evidence/:eid/archive", desk(claims.ActArchive), s.evidenceArchive, 0},
		{post, "/claims/:id/evidence/:eid/delete", desk(claims.ActEvidenceAdd), s.evidenceRemove, 0},
		{get, "/evidence/:id/file", desk(claims.ActLook), s.evidenceFile, 0},
		{get, "/evidence/:id/copy", desk(claims.ActLook), s.evidenceCopyFile, 0},
		{post, "/evidence/:id/erase", desk(claims.ActErase), s.evidenceErase, 0},
		{post, "/claims/:id/notes", desk(claims.ActNoteAdd), s.noteAdd, 0},
		{post, "/claims/:id/split", desk(claims.ActClaimEdit), s.claimSplit, 0},
		{post, "/claims/:id/merge", desk(claims.ActClaimDismiss), s.claimMerge, 0},
		{post, "/claims/:id/opinions", desk(claims.ActOpinion), s.opinionGive, 0},
		{get, "/figures", desk(claims.ActLook), s.figuresShow, 0},
		{get, "/figures/:file", desk(claims.ActLook), s.figuresFile, 0},
		{get, "/stats", desk(claims.ActLook), s.statsShow, 0},
		{get, "/stats/:file", desk(claims.ActLook), s.statsFile, 0},
		{post, "/claims/:id/contacts", desk(claims.ActContact), s.contactAdd, 0},
		{post, "/claims/:id/contacts/:kid", desk(claims.ActContact), s.contactEdit, 0},
		{post, "/claims/:id/external", desk(claims.ActExternal), s.externalAdd, 0},
		{post, "/claims/:id/external/:xid", desk(claims.ActExternal), s.externalEdit, 0},
		{post, "/claims/:id/external/:xid/look", desk(claims.ActExternal), s.externalLook, 0},
		{post, "/claims/:id/external/:xid/delete", desk(claims.ActExternal), s.externalRemove, 0},
	}
}

// reportRoutes are what the desk does about errors that readers report.
func (s *Server) reportRoutes() []route {
	return []route{
		{get, "/reports", desk(claims.ActReportLook), s.reportList, 0},
		{get, "/reports/:id", desk(claims.ActReportLook), s.reportOne, 0},
		{post, "/reports/:id/take", desk(claims.ActReport), s.reportTake, 0},
		{post, "/reports/:id/leave", desk(claims.ActReport), s.reportLeave, 0},
		{post, "/reports/:id/answer", desk(claims.ActReportAnswer), s.reportAnswer, 0},
		{post, "/reports/:id/reopen", desk(claims.ActClaimReopen), s.reportReopen, 0},
		{post, "/reports/:id/erase", desk(claims.ActErase), s.reportErase, 0},
		{post, "/claims/:id/reports", desk(claims.ActReport), s.reportAdd, 0},
	}
}

func (s *Server) sourceRoutes() []route {
	return []route{
		{get, "/sources", desk(claims.ActLook), s.sourceList, 0},
		{get, "/sources/new", desk(claims.ActSourceEdit), s.sourceNew, 0},
		{post, "/sources/new", desk(claims.ActSourceEdit), s.sourceCreate, 0},
		{get, "/sources/:id", desk(claims.ActLook), s.sourceShow, 0},
		{get, "/sources/:id/edit", desk(claims.ActSourceEdit), s.sourceEdit, 0},
		{post, "/sources/:id/edit", desk(claims.ActSourceEdit), s.sourceUpdate, 0},
		{post, "/sources/:id/protection", desk(claims.ActSourceProtect), s.sourceProtect, 0},
		{get, "/sources/:id/merge", desk(claims.ActSourceMerge), s.sourceMergeShow, 0},
		{post, "/sources/:id/merge", desk(claims.ActSourceMerge), s.sourceMerge, 0},
	}
}

func (s *Server) adminRoutes() []route {
	return []route{
		{get, "/account", desk(claims.ActAccount), s.accountShow, 0},
		{post, "/account/password", desk(claims.ActAccount), s.accountPassword, 0},
		{post, "/account/tour", desk(claims.ActAccount), s.accountTour, 0},
		{post, "/account/mail", desk(claims.ActAccount), s.accountMail, 0},
		{post, "/account/keys", desk(claims.ActAccount), s.accountKeys, 0},
		{post, "/account/language", desk(claims.ActAccount), s.accountLanguage, 0},
		{post, "/account/sessions/revoke", desk(claims.ActAccount), s.sessionRevokeAll, 0},
		{post, "/account/sessions/:key/revoke", desk(claims.ActAccount), s.sessionRevoke, 0},
		{post, "/account/tokens", desk(claims.ActLook), s.tokenCreate, 0},
		{post, "/account/tokens/:id/revoke", desk(claims.ActAccount), s.tokenRevoke, 0},
		{get, "/account/second-factor", desk(claims.ActAccount), s.factorShow, 0},
		{post, "/account/second-factor", desk(claims.ActAccount), s.factorBegin, 0},
		{post, "/account/second-factor/confirm", desk(claims.ActAccount), s.factorConfirm, 0},
		{post, "/account/second-factor/codes", desk(claims.ActAccount), s.factorCodes, 0},
		{post, "/account/second-factor/disable", desk(claims.ActAccount), s.factorDrop, 0},

		{get, "/people", desk(claims.ActPeople), s.personList, 0},
		{post, "/people", desk(claims.ActPeople), s.personAdd, 0},
		{post, "/people/:id/role", desk(claims.ActPeople), s.personRole, 0},
		{post, "/people/:id/disable", desk(claims.ActPeople), s.personDisable, 0},
		{post, "/people/:id/reset", desk(claims.ActPeople), s.personReset, 0},
		{post, "/people/:id/sign-out", desk(claims.ActPeople), s.personSignOut, 0},
		{post, "/people/:id/second-factor/reset", desk(claims.ActPeople), s.personFactorReset, 0},
		{post, "/people/:id/identity", desk(claims.ActPeople), s.personIdentity, 0},
		{post, "/people/invites", desk(claims.ActPeople), s.inviteCreate, 0},
		{post, "/people/invites/:id/revoke", desk(claims.ActPeople), s.inviteRevoke, 0},
		{get, "/settings", desk(claims.ActSettings), s.settingShow, 0},
		{post, "/settings", desk(claims.ActSettings), s.settingUpdate, 0},
		{get, "/settings/scale", desk(claims.ActSettings), s.scaleShow, 0},
		{post, "/settings/scale", desk(claims.ActSettings), s.scaleUpdate, 0},
		{get, "/settings/methodology", desk(claims.ActSettings), s.methodologyEdit, 0},
		{post, "/settings/methodology", desk(claims.ActSettings), s.methodologyUpdate, 0},
		{post, "/settings/methodology/preview", desk(claims.ActSettings), s.methodologyPreview, 0},
		{get, "/settings/webhooks", desk(claims.ActSettings), s.hookList, 0},
		{post, "/settings/webhooks", desk(claims.ActSettings), s.hookAdd, 0},
		{post, "/settings/webhooks/hub", desk(claims.ActSettings), s.hubSet, 0},
		{get, "/settings/webhooks/:id", desk(claims.ActSettings), s.hookShow, 0},
		{post, "/settings/webhooks/:id", desk(claims.ActSettings), s.hookUpdate, 0},
		{post, "/settings/webhooks/:id/stop", desk(claims.ActSettings), s.hookStop, 0},
		{post, "/settings/webhooks/:id/start", desk(claims.ActSettings), s.hookStart, 0},
		{post, "/settings/webhooks/:id/test", desk(claims.ActSettings), s.hookTest, 0},
		{post, "/settings/webhooks/:id/rotate", desk(claims.ActSettings), s.hookRotate, 0},
		{post, "/settings/webhooks/:hid/delete", desk(claims.ActSettings), s.hookDelete, 0},
		{post, "/settings/webhooks/deliveries/:did/resend", desk(claims.ActSettings), s.deliveryResend, 0},
		{post, "/events/:seq/erase", desk(claims.ActErase), s.eventErase, 0},
	}
}

func (s *Server) operationRoutes() []route {
	return []route{
		{get, "/healthz", public, s.healthShow, 0},
		{get, "/readyz", public, s.readyShow, 0},
	}
}

// register mounts every route behind its guard. A GET answers HEAD too.
func (s *Server) register() error {
	s.index = s.routes()
	for _, r := range s.index {
		handler := compress(r)(s.guard(r)(r.handler))
		s.echo.Add(r.method, r.path, handler)
		if r.method == get {
			s.echo.Add(http.MethodHead, r.path, handler)
		}
	}
	return s.registerAPI()
}
