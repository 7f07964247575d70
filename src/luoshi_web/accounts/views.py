from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi_web.accounts import selectors, services
from luoshi_web.accounts.forms import GrantForm, NewUserForm, PasswordForm, PersonForm, SignInForm
from luoshi_web.accounts.models import User
from luoshi_web.accounts.sign_in import sign_in, sign_out
from luoshi_web.frame.clock import today
from luoshi_web.frame.refusal import sentence
from luoshi_web.rights import RefusedError, Right, Role, RuleError


def _next_address(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next_address(request))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            sign_in(request, **form.cleaned_data)
            return redirect(_next_address(request))
        except RefusedError as error:
            form.add_error(None, sentence(error))
            status = 403
    return _sign_in_form(request, form, status)


def _sign_in_form(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "next": _next_address(request),
        "oidc_name": (settings.OIDC["name"] or _("统一身份认证登录")) if settings.OIDC is not None else "",
    }
    return render(request, "accounts/sign_in.html", context, status=status)


@login_not_required
@require_GET
def oidc_begin(request: HttpRequest) -> HttpResponse:
    if settings.OIDC is None:
        raise Http404
    from luoshi_web.accounts import oidc

    try:
        return redirect(oidc.begin(request, next_address=_next_address(request)))
    except RefusedError as error:
        return _not_signed_in(request, error)


@login_not_required
@require_GET
def oidc_finish(request: HttpRequest) -> HttpResponse:
    if settings.OIDC is None:
        raise Http404
    from luoshi_web.accounts import oidc

    try:
        return redirect(oidc.finish(request))
    except RefusedError as error:
        return _not_signed_in(request, error)


def _not_signed_in(request: HttpRequest, error: RefusedError) -> HttpResponse:
    """Show the sign-in page with the reason; the password is still a way in."""
    form = SignInForm({"username": "", "password": ""})
    form.errors.clear()
    form.add_error(None, sentence(error))
    return _sign_in_form(request, form, 403)


@login_not_required
@require_POST
def sign_out_page(request: HttpRequest) -> HttpResponse:
    sign_out(request, request.actor)
    return redirect("accounts:sign_in")


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_password(request.actor, request.user, password=form.cleaned_data["new"])
        except RuleError as error:
            form.add_error("new", sentence(error))
        except ValidationError as error:
            form.add_error("new", error)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("口令已修改。"))
            return redirect("/")
    return render(request, "accounts/password.html", {"form": form})


@require_GET
def users(request: HttpRequest) -> HttpResponse:
    found = selectors.users_visible_to(request.actor, day=today())
    return render(request, "accounts/users.html", {"users": found})


@require_http_methods(["GET", "POST"])
def new_user(request: HttpRequest) -> HttpResponse:
    request.actor.require(Right.MANAGE_USERS)
    form = NewUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, first = services.create_user(request.actor, **form.cleaned_data)
        except RuleError as error:
            form.add_error("username", sentence(error))
        else:
            return render(
                request, "accounts/handed_over.html", {"person": made, "password": first, "is_new": True}
            )
    return render(request, "accounts/new_user.html", {"form": form})


def _user_or_404(request: HttpRequest, user_id: int) -> User:
    found = selectors.users_visible_to(request.actor, day=today()).filter(pk=user_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    request.actor.require(Right.MANAGE_USERS)
    person = _user_or_404(request, user_id)
    known = {
        "display_name": person.display_name,
        "phone": person.phone,
        "email": person.email,
        "subject": selectors.subject_of(person),
    }
    form = PersonForm(request.POST or None, initial=known, has_subject=settings.OIDC is not None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        subject = data.pop("subject", None)
        try:
            if subject is not None and settings.OIDC is not None:
                services.set_subject(request.actor, person, issuer=settings.OIDC["issuer"], subject=subject)
            services.change_user(request.actor, person, **data)
        except RuleError as error:
            form.add_error("subject", sentence(error))
        else:
            messages.success(request, _("已保存。"))
            return redirect("accounts:users")
    return render(request, "accounts/user.html", {"form": form, "person": person})


@require_POST
def set_active(request: HttpRequest, user_id: int) -> HttpResponse:
    request.actor.require(Right.MANAGE_USERS)
    person = _user_or_404(request, user_id)
    services.set_user_active(request.actor, person, active=request.POST.get("active") == "1")
    return redirect("accounts:users")


@require_POST
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    request.actor.require(Right.MANAGE_USERS)
    person = _user_or_404(request, user_id)
    made = services.reset_password(request.actor, person)
    return render(request, "accounts/handed_over.html", {"person": person, "password": made, "is_new": False})


@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, user_id: int) -> HttpResponse:
    request.actor.require(Right.GRANT_ROLES)
    person = _user_or_404(request, user_id)
    form = GrantForm(
        selectors.plan_years_to_grant(request.actor), request.POST or None, initial={"since": today()}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        role = data.pop("role")
        try:
            services.grant_role(request.actor, person, role, **data)
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("已授权。"))
            return redirect("accounts:roles", user_id=user_id)
    context = {
        "form": form,
        "person": person,
        "grants": selectors.grants_visible_to(request.actor, user_id),
        "is_self": person.pk == request.actor.id,
        "today": today(),
    }
    return render(request, "accounts/roles.html", context)


@require_POST
def end_role(request: HttpRequest, user_id: int, grant_id: int) -> HttpResponse:
    grant = selectors.grant_with_id(request.actor, grant_id)
    if grant is None or grant.user_id != user_id:
        raise Http404
    services.end_role(request.actor, grant)
    messages.success(request, _("已收回。"))
    return redirect("accounts:roles", user_id=user_id)
