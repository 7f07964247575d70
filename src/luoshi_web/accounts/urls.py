from django.urls import path

from luoshi_web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in_page, name="sign_in"),
    path("sign-in/oidc/", views.oidc_begin, name="oidc_begin"),
    path("sign-in/oidc/finish/", views.oidc_finish, name="oidc_finish"),
    path("sign-out/", views.sign_out_page, name="sign_out"),
    path("password/", views.password, name="password"),
    path("users/", views.users, name="users"),
    path("users/new/", views.new_user, name="new_user"),
    path("users/<int:user_id>/", views.user, name="user"),
    path("users/<int:user_id>/active/", views.set_active, name="set_active"),
    path("users/<int:user_id>/reset-password/", views.reset_password, name="reset_password"),
    path("users/<int:user_id>/roles/", views.roles, name="roles"),
    path("users/<int:user_id>/roles/<int:grant_id>/end/", views.end_role, name="end_role"),
]
