"""Users and the roles that they hold (用户与授权)."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q

from luoshi_web.rights import Role


class User(AbstractBaseUser):
    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        db_table = "accounts_user"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username


class LinkedIdentity(models.Model):
    """Who a user is at the office's identity provider."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="linked_identity")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)

    class Meta:
        db_table = "accounts_linked_identity"
        constraints = [models.UniqueConstraint(name="linked_identity_unique", fields=["issuer", "subject"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.issuer}"


class RoleGrant(models.Model):
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(r.value, r.zh) for r in Role])
    plan_year = models.ForeignKey("plans.PlanYear", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    # Half-open: the role is no longer held on this day.
    until = models.DateField(null=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_role_grant"
        ordering = ["role", "id"]
        constraints = [
            models.CheckConstraint(
                name="role_grant_since_not_after_until",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.since}–{self.until or ''}"


class SignInFailure(models.Model):
    username = models.CharField(max_length=60, db_index=True)
    address = models.CharField(max_length=45, db_index=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_sign_in_failure"

    def __str__(self) -> str:
        return f"{self.username} {self.at:%Y-%m-%d %H:%M:%S}"
