"""The addresses of a Django project that has django-allauth alone."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("allauth.urls"))]
