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
	anyone  = access{kind: accessPublic}
	visitor = access{kind: accessVisitor}
)

func staff(act claims.Act) access { return access{kind: accessDesk, act: act} }

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
		{get, "/public", anyone, s.publicList, 0},
		{get, "/c/:id", anyone, s.publicClaim, 0}, // ID, ID@N, and these with .json, .png; ID@N.proof.json
		{get, "/c/:id/embed", anyone, s.publicEmbed, 0},
		{get, "/embed.js", anyone, s.embedScript, 0},
		{get, "/oembed", anyone, s.oEmbedShow, 0},
		{get, "/c/:id/report", anyone, s.reportShow, 0},
		{post, "/c/:id/report", anyone, s.reportSubmit, 0},
		{get, "/methodology", anyone, s.methodologyShow, 0},
		{get, "/methodology/:language", anyone, s.methodologyShow, 0},
		{get, "/corrections", anyone, s.correctionList, 0},
		{get, "/corrections.atom", anyone, s.correctionAtom, 0},
		{get, "/feed.atom", anyone, s.verdictAtom, 0},
		{get, "/feed.json", anyone, s.verdictJSONFeed, 0},
		{get, "/claimreview.json", anyone, s.reviewFeed, 0},
		{get, "/claimreview/:file", anyone, s.reviewFeedOfMonth, 0}, // 2026-11.json
		{get, "/sitemap.xml", anyone, s.sitemap, 0},
		{get, "/sitemap/:file", anyone, s.sitemapPart, 0}, // where there is too much for one
		{get, "/robots.txt", anyone, s.robotsText, 0},
		{get, "/log/checkpoint", anyone, s.logCheckpoint, 0},
		{get, "/log/key", anyone, s.logKey, 0},
		{get, "/checks", anyone, s.publicChecks, 0},
		{get, "/checks/:slug", anyone, s.publicCheck, 0},
		{get, "/checks/:slug/images/:sha256", anyone, s.checkImagePublic, 0},
		{get, "/assets/*", anyone, s.assetShow, 0},
		{get, "/api/openapi.json", anyone, s.openAPIShow, 0},
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
		{get, "/", staff(claims.ActLook), s.deskShow, 0},

		{get, "/articles", staff(claims.ActLook), s.articleList, 0},
		{get, "/articles/bookmarklet", staff(claims.ActArticleAdd), s.bookmarkletShow, 0},
		{get, "/articles/new", staff(claims.ActArticleAdd), s.articleNew, 0},
		{post, "/articles/new", staff(claims.ActArticleAdd), s.articleCreate, articleBound},
		{get, "/articles/:id", staff(claims.ActLook), s.articleShow, 0},
		{get, "/articles/:id/print", staff(claims.ActLook), s.articlePrint, 0},
		{get, "/articles/:id/edit", staff(claims.ActArticleEdit), s.articleEdit, 0},
		{post, "/articles/:id/edit", staff(claims.ActArticleEdit), s.articleUpdate, 0},
		{get, "/articles/:id/readers", staff(claims.ActArticleRestrict), s.articleReaders, 0},
		{post, "/articles/:id/readers", staff(claims.ActArticleRestrict), s.articleRestrict, 0},
		{post, "/articles/:id/copy", staff(claims.ActArticleEdit), s.articleCopy, 0},
		{post, "/articles/:id/archive", staff(claims.ActArchive), s.articleArchive, 0},
		{get, "/articles/:id/warc", staff(claims.ActExport), s.articleWARC, 0},
		{get, "/articles/:id/snapshots/:n/warc", staff(claims.ActExport), s.articleWARC, 0},
		{get, "/articles/:id/erase", staff(claims.ActErase), s.articleErasePage, 0},
		{post, "/articles/:id/erase", staff(claims.ActErase), s.articleEraseWhole, 0},
		{post, "/articles/:id/refetch", staff(claims.ActArticleAdd), s.articleRefetch, 0},
		{post, "/articles/:id/suggest", staff(claims.ActArticleAdd), s.articleSuggest, 0},
		{post, "/articles/:id/claims", staff(claims.ActClaimSuggest), s.claimAdd, 0},
		{post, "/articles/:id/snapshots/:n/erase", staff(claims.ActErase), s.articleErase, 0},

		{get, "/desk/checks", staff(claims.ActLook), s.checkList, 0},
		{get, "/checks/new", staff(claims.ActCheckWrite), s.checkNew, 0},
		{post, "/checks/new", staff(claims.ActCheckWrite), s.checkCreate, 0},
		{get, "/checks/:slug/edit", staff(claims.ActLook), s.checkEdit, 0},
		{post, "/checks/:slug/edit", staff(claims.ActCheckWrite), s.checkUpdate, 0},
		{get, "/checks/:slug/preview", staff(claims.ActLook), s.checkPreview, 0},
		{post, "/checks/:slug/move", staff(claims.ActLook), s.checkMove, 0}, // policy goes by the move
		{post, "/checks/:slug/image", staff(claims.ActCheckWrite), s.checkImageSet, fileBound},
		{get, "/checks/:slug/draft-images/:sha256", staff(claims.ActLook), s.checkImageDraft, 0},
		{post, "/checks/:slug/schedule", staff(claims.ActCheckPublish), s.checkSchedule, 0},
		{post, "/desk/checks/preview", staff(claims.ActCheckWrite), s.checkLook, 0},
		{get, "/desk/checks/claims", staff(claims.ActCheckWrite), s.checkFind, 0},
		{post, "/schedules/:sid/cancel", staff(claims.ActCheckPublish), s.scheduleCancel, 0},

		{get, "/jobs", staff(claims.ActLook), s.jobList, 0},
		{get, "/jobs/:id", staff(claims.ActLook), s.jobShow, 0},
		{post, "/jobs/:id/stop", staff(claims.ActJobSteer), s.jobStop, 0},
		{post, "/jobs/:id/retry", staff(claims.ActJobSteer), s.jobRetry, 0},

		{get, "/inbox", staff(claims.ActLook), s.inboxShow, 0},
		{post, "/inbox/read", staff(claims.ActAccount), s.inboxRead, 0},

		{get, "/history", staff(claims.ActHistory), s.historyShow, 0},
		{post, "/events/:id/undo", staff(claims.ActLook), s.eventUndo, 0}, // policy goes by the act
		{get, "/live", staff(claims.ActLook), s.liveShow, 0},
		{get, "/go", staff(claims.ActLook), s.goTo, 0},
		{get, "/search", staff(claims.ActLook), s.searchShow, 0},
		{get, "/help", staff(claims.ActLook), s.helpShow, 0},
		{get, "/help/:chapter", staff(claims.ActLook), s.helpChapter, 0},
		{get, "/help/img/:picture", staff(claims.ActLook), s.helpPicture, 0},
	}
}

// feedRoutes are what brings in many things.
func (s *Server) feedRoutes() []route {
	return []route{
		{get, "/import", staff(claims.ActArticleAdd), s.importShow, 0},
		{post, "/import", staff(claims.ActArticleAdd), s.importSubmit, importBound},
		{get, "/import/:id", staff(claims.ActLook), s.importDone, 0},

		{get, "/feeds", staff(claims.ActLook), s.feedList, 0},
		{get, "/feeds/new", staff(claims.ActFeed), s.feedNew, 0},
		{post, "/feeds/new", staff(claims.ActFeed), s.feedCreate, 0},
		{get, "/feeds/:id", staff(claims.ActLook), s.feedShow, 0},
		{get, "/feeds/:id/edit", staff(claims.ActFeed), s.feedEdit, 0},
		{post, "/feeds/:id/edit", staff(claims.ActFeed), s.feedUpdate, 0},
		{post, "/feeds/:id/look", staff(claims.ActFeed), s.feedLook, 0},
		{post, "/feeds/:id/pause", staff(claims.ActFeed), s.feedPause, 0},
		{post, "/feeds/:id/resume", staff(claims.ActFeed), s.feedResume, 0},
		{post, "/feeds/:fid/delete", staff(claims.ActFeed), s.feedDelete, 0},
	}
}

func (s *Server) claimRoutes() []route {
	return []route{
		{get, "/queue", staff(claims.ActClaimTake), s.queueShow, 0},
		{post, "/queue/take", staff(claims.ActClaimTake), s.queueTake, 0},
		{post, "/queue/:id/submit", staff(claims.ActClaimSubmit), s.queueSubmit, 0},

		{get, "/claims", staff(claims.ActLook), s.claimList, 0},
		{post, "/claims/filters", staff(claims.ActFilterSave), s.filterSave, 0},
		{post, "/claims/filters/:id/delete", staff(claims.ActFilterSave), s.filterDelete, 0},
		{post, "/claims/bulk", staff(claims.ActClaimTriage), s.claimBulk, 0},
		{get, "/claims/:id", staff(claims.ActLook), s.claimShow, 0},
		{post, "/claims/:id/edit", staff(claims.ActClaimEdit), s.claimUpdate, 0},
		{post, "/claims/:id/tie", staff(claims.ActClaimEdit), s.claimTie, 0},
		{post, "/claims/:id/move", staff(claims.ActLook), s.claimMove, 0}, // policy goes by the move
		{post, "/claims/:id/schedule", staff(claims.ActClaimPublish), s.claimSchedule, 0},
		{post, "/claims/:id/verdict", staff(claims.ActClaimJudge), s.claimJudge, 0},
		{post, "/claims/:id/triage", staff(claims.ActClaimTriage), s.claimTriage, 0},
		{get, "/claims/:id/evidence/new", staff(claims.ActEvidenceAdd), s.evidenceNew, 0},
		{post, "/claims/:id/evidence", staff(claims.ActEvidenceAdd), s.evidenceAdd, fileBound},
		{post, "/claims/:id/evidence/:eid", staff(claims.ActEvidenceAdd), s.evidenceEdit, fileBound},
		{post, "/claims/:id/evidence/:eid/copy", staff(claims.ActEvidenceAdd), s.evidenceCopy, 0},
		{post, "/claims/:id/evidence/:eid/archive", staff(claims.ActArchive), s.evidenceArchive, 0},
		{post, "/claims/:id/evidence/:eid/delete", staff(claims.ActEvidenceAdd), s.evidenceRemove, 0},
		{get, "/evidence/:id/file", staff(claims.ActLook), s.evidenceFile, 0},
		{get, "/evidence/:id/copy", staff(claims.ActLook), s.evidenceCopyFile, 0},
		{post, "/evidence/:id/erase", staff(claims.ActErase), s.evidenceErase, 0},
		{post, "/claims/:id/notes", staff(claims.ActNoteAdd), s.noteAdd, 0},
		{post, "/claims/:id/split", staff(claims.ActClaimEdit), s.claimSplit, 0},
		{post, "/claims/:id/merge", staff(claims.ActClaimDismiss), s.claimMerge, 0},
		{post, "/claims/:id/opinions", staff(claims.ActOpinion), s.opinionGive, 0},
		{get, "/figures", staff(claims.ActLook), s.figuresShow, 0},
		{get, "/figures/:file", staff(claims.ActLook), s.figuresFile, 0},
		{get, "/stats", staff(claims.ActLook), s.statsShow, 0},
		{get, "/stats/:file", staff(claims.ActLook), s.statsFile, 0},
		{post, "/claims/:id/contacts", staff(claims.ActContact), s.contactAdd, 0},
		{post, "/claims/:id/contacts/:kid", staff(claims.ActContact), s.contactEdit, 0},
		{post, "/claims/:id/external", staff(claims.ActExternal), s.externalAdd, 0},
		{post, "/claims/:id/external/:xid", staff(claims.ActExternal), s.externalEdit, 0},
		{post, "/claims/:id/external/:xid/look", staff(claims.ActExternal), s.externalLook, 0},
		{post, "/claims/:id/external/:xid/delete", staff(claims.ActExternal), s.externalRemove, 0},
	}
}

// reportRoutes are what the desk does about errors that readers report.
func (s *Server) reportRoutes() []route {
	return []route{
		{get, "/reports", staff(claims.ActReportLook), s.reportList, 0},
		{get, "/reports/:id", staff(claims.ActReportLook), s.reportOne, 0},
		{post, "/reports/:id/take", staff(claims.ActReport), s.reportTake, 0},
		{post, "/reports/:id/leave", staff(claims.ActReport), s.reportLeave, 0},
		{post, "/reports/:id/answer", staff(claims.ActReportAnswer), s.reportAnswer, 0},
		{post, "/reports/:id/reopen", staff(claims.ActClaimReopen), s.reportReopen, 0},
		{post, "/reports/:id/erase", staff(claims.ActErase), s.reportErase, 0},
		{post, "/claims/:id/reports", staff(claims.ActReport), s.reportAdd, 0},
	}
}

func (s *Server) sourceRoutes() []route {
	return []route{
		{get, "/sources", staff(claims.ActLook), s.sourceList, 0},
		{get, "/sources/new", staff(claims.ActSourceEdit), s.sourceNew, 0},
		{post, "/sources/new", staff(claims.ActSourceEdit), s.sourceCreate, 0},
		{get, "/sources/:id", staff(claims.ActLook), s.sourceShow, 0},
		{get, "/sources/:id/edit", staff(claims.ActSourceEdit), s.sourceEdit, 0},
		{post, "/sources/:id/edit", staff(claims.ActSourceEdit), s.sourceUpdate, 0},
		{post, "/sources/:id/protection", staff(claims.ActSourceProtect), s.sourceProtect, 0},
		{get, "/sources/:id/merge", staff(claims.ActSourceMerge), s.sourceMergeShow, 0},
		{post, "/sources/:id/merge", staff(claims.ActSourceMerge), s.sourceMerge, 0},
	}
}

func (s *Server) adminRoutes() []route {
	return []route{
		{get, "/account", staff(claims.ActAccount), s.accountShow, 0},
		{post, "/account/password", staff(claims.ActAccount), s.accountPassword, 0},
		{post, "/account/tour", staff(claims.ActAccount), s.accountTour, 0},
		{post, "/account/mail", staff(claims.ActAccount), s.accountMail, 0},
		{post, "/account/keys", staff(claims.ActAccount), s.accountKeys, 0},
		{post, "/account/language", staff(claims.ActAccount), s.accountLanguage, 0},
		{post, "/account/sessions/revoke", staff(claims.ActAccount), s.sessionRevokeAll, 0},
		{post, "/account/sessions/:key/revoke", staff(claims.ActAccount), s.sessionRevoke, 0},
		{post, "/account/tokens", staff(claims.ActLook), s.tokenCreate, 0},
		{post, "/account/tokens/:id/revoke", staff(claims.ActAccount), s.tokenRevoke, 0},
		{get, "/account/second-factor", staff(claims.ActAccount), s.factorShow, 0},
		{post, "/account/second-factor", staff(claims.ActAccount), s.factorBegin, 0},
		{post, "/account/second-factor/confirm", staff(claims.ActAccount), s.factorConfirm, 0},
		{post, "/account/second-factor/codes", staff(claims.ActAccount), s.factorCodes, 0},
		{post, "/account/second-factor/disable", staff(claims.ActAccount), s.factorDrop, 0},

		{get, "/people", staff(claims.ActPeople), s.personList, 0},
		{post, "/people", staff(claims.ActPeople), s.personAdd, 0},
		{post, "/people/:id/role", staff(claims.ActPeople), s.personRole, 0},
		{post, "/people/:id/disable", staff(claims.ActPeople), s.personDisable, 0},
		{post, "/people/:id/reset", staff(claims.ActPeople), s.personReset, 0},
		{post, "/people/:id/sign-out", staff(claims.ActPeople), s.personSignOut, 0},
		{post, "/people/:id/second-factor/reset", staff(claims.ActPeople), s.personFactorReset, 0},
		{post, "/people/:id/identity", staff(claims.ActPeople), s.personIdentity, 0},
		{post, "/people/invites", staff(claims.ActPeople), s.inviteCreate, 0},
		{post, "/people/invites/:id/revoke", staff(claims.ActPeople), s.inviteRevoke, 0},
		{get, "/settings", staff(claims.ActSettings), s.settingShow, 0},
		{post, "/settings", staff(claims.ActSettings), s.settingUpdate, 0},
		{get, "/settings/scale", staff(claims.ActSettings), s.scaleShow, 0},
		{post, "/settings/scale", staff(claims.ActSettings), s.scaleUpdate, 0},
		{get, "/settings/methodology", staff(claims.ActSettings), s.methodologyEdit, 0},
		{post, "/settings/methodology", staff(claims.ActSettings), s.methodologyUpdate, 0},
		{post, "/settings/methodology/preview", staff(claims.ActSettings), s.methodologyPreview, 0},
		{get, "/settings/webhooks", staff(claims.ActSettings), s.hookList, 0},
		{post, "/settings/webhooks", staff(claims.ActSettings), s.hookAdd, 0},
		{post, "/settings/webhooks/hub", staff(claims.ActSettings), s.hubSet, 0},
		{get, "/settings/webhooks/:id", staff(claims.ActSettings), s.hookShow, 0},
		{post, "/settings/webhooks/:id", staff(claims.ActSettings), s.hookUpdate, 0},
		{post, "/settings/webhooks/:id/stop", staff(claims.ActSettings), s.hookStop, 0},
		{post, "/settings/webhooks/:id/start", staff(claims.ActSettings), s.hookStart, 0},
		{post, "/settings/webhooks/:id/test", staff(claims.ActSettings), s.hookTest, 0},
		{post, "/settings/webhooks/:id/rotate", staff(claims.ActSettings), s.hookRotate, 0},
		{post, "/settings/webhooks/:hid/delete", staff(claims.ActSettings), s.hookDelete, 0},
		{post, "/settings/webhooks/deliveries/:did/resend", staff(claims.ActSettings), s.deliveryResend, 0},
		{post, "/events/:seq/erase", staff(claims.ActErase), s.eventErase, 0},
	}
}

func (s *Server) operationRoutes() []route {
	return []route{
		{get, "/healthz", anyone, s.healthShow, 0},
		{get, "/readyz", anyone, s.readyShow, 0},
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
